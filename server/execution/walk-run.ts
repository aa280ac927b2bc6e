import { FatalError } from "@/server/errors";
import { beginRun } from "@/server/runs/store/begin-run";
import { endRun } from "@/server/runs/store/end-run";
import type { RunRow } from "@/server/runs/store/run-row";
import { finishRun } from "./finish-run";
import { createRecordBuffer } from "./record-buffer";
import { retryWhileUnavailable } from "./retry-while-unavailable";
import type { RunContext } from "./run-context";
import { hasAnswer, loadRecords, NO_RECORDS, type RunRecords } from "./run-records";
import { RunPaused, RunStopped, WalkOutdated } from "./run-signals";
import type { StepServices } from "./step-services";
import { createWaits, type NextWake } from "./waits";
import type { Walk } from "./walk";
import { walkBody } from "./walk-body";
import { createWorkCounter } from "./work-counter";

/** The result of a walk: small JSON, because the engine stores it. */
export type WalkAnswer =
	| { status: "ended" }
	/** All steps that have not ended are suspended: until a time, an answer, or either. */
	| ({ status: "waiting" } & NextWake)
	/** Nothing starts until the run is resumed. */
	| { status: "paused" };

const inProgress = new Map<string, Promise<WalkAnswer>>();

/**
 * Walks a run from its recorded state until it has ended or all of its steps are suspended. Safe to repeat, at any time and
 * on several workers: claims make each step happen once. Rejects if the database is lost or the worker shuts down.
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
	const begun = await retryWhileUnavailable(() => beginRun(services.sql, runId));
	if (begun?.status !== "running" && begun?.status !== "paused") return { status: "ended" };
	const run = await readRun(services, begun.run);
	if (run === undefined) return { status: "ended" };
	let records = begun.isNew && run.fork === null ? NO_RECORDS : await readRecords(services, runId);
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

/** Reads the records anew, without outputs that an earlier walk cached and may not have recorded. */
function readRecords(services: StepServices, runId: string): Promise<RunRecords> {
	services.cache.evictOutputs(runId);
	return retryWhileUnavailable(() => loadRecords(services.sql, runId));
}

/** Undefined if the run's plan cannot be read: the run then ends with an error that says what to do. */
async function readRun(services: StepServices, row: RunRow): Promise<RunContext | undefined> {
	try {
		return await services.cache.loadRun(row.id, row);
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const end = { status: "failed" as const, error: { message: error.message, code: "unreadable_plan" } };
		await endRun(services.sql, row.id, { end });
		return undefined;
	}
}

/** Abort reason: the walk has returned its answer. */
class WalkFinished extends Error {
	override readonly name = "WalkFinished";
}
/** A single instance: capturing a stack trace for each walk would be slow. */
const FINISHED = new WalkFinished();

async function walkOnce(
	services: StepServices,
	run: RunContext,
	{ records, isLazy }: { records: RunRecords; isLazy: boolean },
): Promise<WalkAnswer> {
	const controller = services.signals.register(run.id);
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
		const body = walkBody(walk, { iteration: "", around: idle.counter });
		body.catch(() => {});
		for (;;) {
			const verdict = await Promise.race([body, idle.reached(), buffer.failed, stopped]);
			if (verdict !== undefined) {
				await finishRun(walk, verdict);
				return { status: "ended" };
			}
			await buffer.flush();
			const next = waits.next();
			if (!next.answer || !(await hasAnswer(services.sql, run.id))) return { status: "waiting", ...next };
			services.signals.notify(run.id);
		}
	} finally {
		services.signals.unregister(run.id, controller);
		controller.abort(FINISHED);
		buffer.close(FINISHED);
	}
}

/** Resolves `reached` when all running steps of a body are suspended. */
function watchIdle() {
	let wake: () => void = () => {};
	const isIdle = () => counter.running === counter.suspended;
	const counter = createWorkCounter({
		onChange: () => {
			// A step that has just ended may have made others ready.
			if (isIdle()) setImmediate(() => isIdle() && wake());
		},
	});
	counter.enter();
	return {
		counter,
		reached: () =>
			new Promise<undefined>((resolve) => {
				wake = () => resolve(undefined);
				if (isIdle()) setImmediate(() => isIdle() && wake());
			}),
	};
}
