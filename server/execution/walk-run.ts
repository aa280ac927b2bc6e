import { FatalError } from "@/server/errors";
import { beginRun } from "@/server/runs/begin-run";
import { endRun } from "@/server/runs/end-run";
import type { RunRow } from "@/server/runs/run-row";
import { createActivity } from "./activity";
import { finishRun } from "./finish-run";
import { keepTrying } from "./keep-trying";
import { createRecordBuffer } from "./record-buffer";
import type { RunFacts } from "./run-facts";
import { hasDecision, loadRecords, NO_RECORDS, type RunRecords } from "./run-records";
import { RunPaused, RunStopped, WalkOutdated } from "./run-signals";
import { createWaits, type NextWake } from "./waits";
import type { Walk } from "./walk";
import { walkBody } from "./walk-body";
import type { StepWorld } from "./world";

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
export function walkRun(world: StepWorld, runId: string): Promise<WalkAnswer> {
	const key = `${world.worker}:${runId}`;
	const known = inProgress.get(key);
	if (known !== undefined) return known;
	const answer = beginWalk(world, runId).finally(() => inProgress.delete(key));
	inProgress.set(key, answer);
	return answer;
}

async function beginWalk(world: StepWorld, runId: string): Promise<WalkAnswer> {
	const begun = await keepTrying(() => beginRun(world.sql, runId));
	if (begun?.status !== "running" && begun?.status !== "paused") return { status: "ended" };
	const facts = await readFacts(world, begun.run);
	if (facts === undefined) return { status: "ended" };
	let records = begun.isNew ? NO_RECORDS : await readRecords(world, runId);
	for (let isLazy = true; ; isLazy = false) {
		try {
			return await walkOnce(world, facts, { records, isLazy });
		} catch (error) {
			if (error instanceof RunStopped) return { status: "ended" };
			if (error instanceof RunPaused) return { status: "paused" };
			if (!(error instanceof WalkOutdated)) throw error;
			records = await readRecords(world, runId);
		}
	}
}

/** What a walk before this one thought to be recorded may not be. */
function readRecords(world: StepWorld, runId: string): Promise<RunRecords> {
	world.memory.forgetOutputs(runId);
	return keepTrying(() => loadRecords(world.sql, runId));
}

/** A run whose plan cannot be read ends at once, with what to do about it. */
async function readFacts(world: StepWorld, row: RunRow): Promise<RunFacts | undefined> {
	try {
		return await world.memory.facts(row.id, row);
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const end = { status: "failed" as const, error: { message: error.message, code: "unreadable_plan" } };
		await endRun(world.sql, row.id, { end });
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
	world: StepWorld,
	facts: RunFacts,
	{ records, isLazy }: { records: RunRecords; isLazy: boolean },
): Promise<WalkAnswer> {
	const controller = world.signals.enter(facts.id);
	const { signal } = controller;
	const waits = createWaits(world.signals, facts.id, signal);
	const buffer = createRecordBuffer(world, facts.id, { isLazy });
	const stopped = new Promise<never>((_resolve, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
	stopped.catch(() => {});
	try {
		const idle = watchIdle();
		const walk: Walk = { world, facts, records, buffer, waits, walkBody: (inner) => walkBody(walk, inner) };
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
			if (!next.decision || !(await hasDecision(world.sql, facts.id))) return { status: "waiting", ...next };
			world.signals.tell(facts.id);
		}
	} finally {
		world.signals.leave(facts.id, controller);
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
