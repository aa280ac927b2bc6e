import type { ENGINE_JOB_KINDS } from "@/db/schema/engine";
import type { WireError } from "./engine-error";
import type { EngineFunction } from "./read-functions";

export interface StepResult {
	stepId: string;
	/** `{type: "data", data}` or `{type: "error", error}` as JSON. */
	result: string;
}

/** How many attempts failed: by an error in their answer, and by a crash of their process. */
export interface AttemptCounts {
	attempt: number;
	crashes: number;
}

/** Something that a run waits for. */
export interface Job extends AttemptCounts {
	stepId: string;
	kind: (typeof ENGINE_JOB_KINDS)[number];
	dueAt: number | null;
	wait: { event: string; if?: string } | null;
	memoSize: number;
	running: boolean;
}

/** A run that has not ended. All of them are in memory; their results only while they are being worked on. */
export interface Run extends AttemptCounts {
	readonly id: string;
	readonly fn: EngineFunction;
	readonly events: string;
	readonly parent?: { runId: string; stepId: string };
	readonly concurrencyKeys: string[];
	/** The groups within which slots are shared fairly, the outermost first. */
	readonly fairnessKeys: readonly string[];
	readonly createdAt: number;
	/** When to enter the function again; null while only pending jobs can move the run on. */
	discoverAt: number | null;
	/** The function has been entered and has not answered yet. There is never a second entry beside it. */
	running: boolean;
	jobs: Map<string, Job>;
	memo: StepResult[] | undefined;
	memoSize: number;
	ended: boolean;
	/** Consecutive entries beside pending steps that found nothing new, and until when the next entry is delayed. */
	emptyEntries: number;
	quietUntil: number;
}

export type RunEnd =
	| { status: "completed"; data: unknown }
	| { status: "failed"; error: WireError }
	| { status: "cancelled" };

export function dataResult(data: unknown): string {
	return JSON.stringify({ type: "data", data: data ?? null });
}

export function errorResult(error: unknown): string {
	return JSON.stringify({ type: "error", error });
}

/** Nothing of it executes or is about to: what it waits for may take days. */
export function isIdle(run: Run): boolean {
	if (run.running || (run.discoverAt !== null && run.discoverAt <= Date.now())) return false;
	for (const job of run.jobs.values()) if (job.running) return false;
	return true;
}
