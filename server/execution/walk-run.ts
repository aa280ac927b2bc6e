import { FatalError } from "@/server/errors";
import { beginRun } from "@/server/runs/store/begin-run";
import { endRun } from "@/server/runs/store/end-run";
import type { RunRow } from "@/server/runs/store/run-row";
import { createActivity } from "./activity";
import { finishRun } from "./finish-run";
import { keepTrying } from "./keep-trying";
import { createRecordBuffer } from "./record-buffer";
import type { RunContext } from "./run-context";
import { hasDecision, loadRecords, NO_RECORDS, type RunRecords } from "./run-records";
import { RunPaused, RunStopped, WalkOutdated } from "./run-signals";
import type { StepServices } from "./step-services";
import { createWaits, type NextWake } from "./waits";
import type { Walk } from "./walk";
import { walkBody } from "./walk-body";

/** How far a walk has come; small, and JSON, because an engine remembers it. */
export type WalkAnswer =
	| { status: "ended" }
	/** All that is left of the run waits: for a time, for a decision, or for either. */
	| ({ status: "waiting" } & NextWake)
	/** Nothing begins until the run is resumed. */
	| { status: "paused" };

const inProgress = new Map<string, Promise<WalkAnswer>>();

/**
 * Walks a run from where its records end until it has ended or all that is left of it waits. Safe to repeat, at any time
 * and on several workers: the records make each step happen once. Rejects when the database or the worker goes away.
 */
export function walkRun(services: StepServices, runId: string): Promise<WalkAnswer> {
	const key = `${services.worker}:${runId}`;
	const known = inProgress.get(key);
	if (known !== undefined) return known;
	const answer = beginWalk(services, runId).finally(() => inProgress.delete(key));
	inProgress.set(key, answer);
	return answer;
}

async function beginWalk(services: StepServices, runId: string): Promise<WalkAnswer> {
	const begun = await keepTrying(() => beginRun(services.sql, runId));
	if (begun?.status !== "running" && begun?.status !== "paused") return { status: "ended" };
	const run = await readRun(services, begun.run);
	if (run === undefined) return { status: "ended" };
	let records = begun.isNew ? NO_RECORDS : await readRecords(services, runId);
	for (let isLazy = true; ; isLazy = false) {
		try {
			return await walkOnce(services, run, { records, isLazy });
		} catch (error) {
			if (error instanceof RunStopped) return { status: "ended" };
			if (error instanceof RunPaused) return { status: "paused" };
			if (!(error instanceof WalkOutdated)) throw error;
			records = await readRecords(services, runId);
		}
	}
}

/** What a walk before this one thought to be recorded may not be. */
function readRecords(services: StepServices, runId: string): Promise<RunRecords> {
	services.memory.forgetOutputs(runId);
	return keepTrying(() => loadRecords(services.sql, runId));
}

/** A run whose plan cannot be read ends at once, with what to do about it. */
async function readRun(services: StepServices, row: RunRow): Promise<RunContext | undefined> {
	try {
		return await services.memory.loadRun(row.id, row);
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const end = { status: "failed" as const, error: { message: error.message, code: "unreadable_plan" } };
		await endRun(services.sql, row.id, { end });
		return undefined;
	}
}

/** Why what is left of a walk begins nothing more: it has its answer. */
class WalkAnswered extends Error {
	override readonly name = "WalkAnswered";
}
/** One for all: the trace of a new one would cost each walk more than a statement's text. */
const ANSWERED = new WalkAnswered();

async function walkOnce(
	services: StepServices,
	run: RunContext,
	{ records, isLazy }: { records: RunRecords; isLazy: boolean },
): Promise<WalkAnswer> {
	const controller = services.signals.enter(run.id);
	const { signal } = controller;
	const waits = createWaits(services.signals, run.id, signal);
	const buffer = createRecordBuffer(services, run.id, { isLazy });
	const stopped = new Promise<never>((_resolve, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
	stopped.catch(() => {});
	try {
		const idle = watchIdle();
		const walk: Walk = { services, run, records, buffer, waits, walkBody: (inner) => walkBody(walk, inner) };
		const body = walkBody(walk, { iteration: "", around: idle.activity });
		body.catch(() => {});
		for (;;) {
			const verdict = await Promise.race([body, idle.reached(), buffer.failed, stopped]);
			if (verdict !== undefined) {
				await finishRun(walk, verdict);
				return { status: "ended" };
			}
			await buffer.flush();
			const next = waits.next();
			if (!next.decision || !(await hasDecision(services.sql, run.id))) return { status: "waiting", ...next };
			services.signals.tell(run.id);
		}
	} finally {
		services.signals.leave(run.id, controller);
		controller.abort(ANSWERED);
		buffer.close(ANSWERED);
	}
}

/** Tells when all that runs of a body only waits. */
function watchIdle() {
	let wake: () => void = () => {};
	const isIdle = () => activity.running === activity.suspended;
	const activity = createActivity({
		onChange: () => {
			// What has just ended may have made others ready.
			if (isIdle()) setImmediate(() => isIdle() && wake());
		},
	});
	activity.enter();
	return {
		activity,
		reached: () =>
			new Promise<undefined>((resolve) => {
				wake = () => resolve(undefined);
				if (isIdle()) setImmediate(() => isIdle() && wake());
			}),
	};
}
