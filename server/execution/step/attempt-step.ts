import { FatalError } from "@/server/errors";
import type { StepQuestion, StepResult, StepUpdate } from "@/server/nodes/execute-context";
import { portTaken } from "@/server/nodes/port-of-output";
import type { CallRequest, WaitAnswer } from "@/server/nodes/wait";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent } from "@/server/runs/events";
import { NO_RETRY, retryDelayMs } from "@/server/runs/retry-delay";
import { giveStepBack, releaseLostStep } from "@/server/runs/store/claim-step";
import type { Completed } from "@/server/runs/store/pending-records";
import { appendStepEvents, recordInput, recordStep, type StepRecord } from "@/server/runs/store/record-step";
import { isTransient, retryWhileUnavailable } from "../retry-while-unavailable";
import { isCacheable } from "../run-cache";
import type { RunContext } from "../run-context";
import { WorkerStopping } from "../run-signals";
import type { StepServices } from "../step-services";
import { recordCall } from "../waiting/call-workflow";
import { type PreparedStep, prepareStep } from "./prepare-step";
import { recordQuestion } from "./record-question";
import { recordRedacted, redactRecord } from "./record-redacted";
import { recordUpdate } from "./record-update";
import { type Failure, failureOf, runAttempt, storable, toStepError } from "./run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "./with-claim";
import { isPoisonous, SHORT_WAIT_MS } from "./with-claim";

/** The input of a step that takes longer than this is recorded before its end. */
const SHOW_INPUT_AFTER_MS = 300;

/** A running attempt. `end` resolves with its result or failure, and rejects only if the worker shuts down. */
export interface BegunAttempt {
	prepared: PreparedStep;
	end: ReturnType<typeof runAttempt>;
}

/** Throws `FatalError` when the step cannot be prepared. */
export async function beginAttempt(
	services: StepServices,
	call: StepCall,
	how: Pick<Parameters<typeof prepareStep>[1], "attempt" | "claim" | "controller" | "append">,
): Promise<BegunAttempt> {
	const node = nodeOf(call);
	const prepared = await prepareStep(services, { call, node, ...how });
	const end = runAttempt(node, prepared);
	// Handled by whoever awaits `end`.
	end.catch(() => {});
	return { prepared, end };
}

/** @param begun an attempt that is running already */
export async function attemptStep(
	services: StepServices,
	call: StepCall,
	{ claim, begun }: { claim: HeldClaim; begun?: BegunAttempt },
): Promise<StepAnswer | null> {
	const node = nodeOf(call);
	if (isPoisonous(claim)) {
		const message = `The worker stopped ${claim.lost} times while it ran this step. See whether the step needs more memory than there is.`;
		return await recordFailure(services, { node, claim }, { error: { message, code: "worker_lost" }, isFinal: true });
	}
	const controller = services.signals.register(claim.runId, claim);
	let showInput: NodeJS.Timeout | undefined;
	try {
		const append = (events: readonly NewRunEvent[]) => appendEvents(services, claim, events);
		const { prepared, end } =
			begun ?? (await beginAttempt(services, call, { attempt: claim.attempt, claim: claim.claim, controller, append }));
		showInput = setTimeout(() => {
			recordInput(services.sql, claim, prepared.recorded).catch((error) =>
				services.warn("An input was not shown.", error),
			);
		}, SHOW_INPUT_AFTER_MS);
		const ended = await end;
		clearTimeout(showInput);
		return await recordEnd(services, call, { node, claim, prepared, end: ended });
	} catch (error) {
		if (error instanceof WorkerStopping) await releaseLostStep(services.sql, claim, claim.claim);
		if (error instanceof WorkerStopping || isTransient(error)) throw error;
		if (!(error instanceof FatalError)) services.warn("A step could not be done.", error);
		return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
	} finally {
		clearTimeout(showInput);
		services.signals.unregister(claim.runId, controller);
	}
}

/** What a step prints while it runs. */
export async function appendEvents(
	services: StepServices,
	claim: HeldClaim,
	events: readonly NewRunEvent[],
): Promise<void> {
	await appendStepEvents(services.sql, claim, events).catch((error) =>
		services.warn("A log chunk was not stored.", error),
	);
}

/** Records how an attempt ended. */
async function recordEnd(
	services: StepServices,
	call: StepCall,
	{ end, ...attempted }: Required<Attempted> & { end: Awaited<ReturnType<typeof runAttempt>> },
): Promise<StepAnswer | null> {
	if ("error" in end) return await recordFailure(services, attempted, end);
	if ("ask" in end) return await recordAsked(services, attempted, end);
	if ("call" in end) return await recordStarted(services, call, { ...attempted, request: end.call });
	if ("paused" in end) return await giveBack(services, attempted);
	return "output" in end
		? await recordSuccess(services, call, { ...attempted, result: end })
		: await recordChange(services, attempted, { run: call.run, update: end });
}

/** Starts the run of another workflow and records that the step waits for it. Why that cannot be is told to the step. */
async function recordStarted(
	services: StepServices,
	{ run }: StepCall,
	{ claim, prepared, request }: Required<Attempted> & { request: CallRequest },
): Promise<StepAnswer | null> {
	const { until = null } = request;
	const events = [...(await prepared.stepLog.close()), ...prepared.endEvents];
	if (events.length > 0) await appendEvents(services, claim, events);
	const record: StepRecord = {
		...claim,
		from: { status: "running", worker: claim.worker, claim: claim.claim },
		to: { status: "waiting", until },
		...{ input: prepared.recorded, usage: prepared.usage, events: [] },
	};
	try {
		return (await recordCall(services, { run, request, record })) ? { status: "waiting", until } : null;
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const answer: WaitAnswer = { for: "run", at: new Date().toISOString(), problem: error.message };
		await retryWhileUnavailable(() => giveStepBack(services.sql, claim, answer));
		return null;
	}
}

/** Records that the step waits: it goes on when it is answered, or its time is over. */
async function recordAsked(
	services: StepServices,
	{ claim, prepared }: Required<Attempted>,
	{ ask: { mail, slack, ...asked } }: StepQuestion,
): Promise<StepAnswer | null> {
	const { until = null } = asked;
	const { nodeId, iteration } = claim;
	const waiting: NewRunEvent = { type: "step.waiting", nodeId, iteration, data: asked };
	const record: StepRecord = {
		...claim,
		from: { status: "running", worker: claim.worker, claim: claim.claim },
		to: { status: "waiting", until },
		input: prepared.recorded,
		usage: prepared.usage,
		events: [...(await prepared.stepLog.close()), ...prepared.endEvents, waiting],
	};
	const accepted = await retryWhileUnavailable(() => recordQuestion(services, record, { mail, slack }));
	return accepted ? { status: "waiting", until } : null;
}

/** Whoever claims the step next, once the run is resumed, goes on in the same attempt. */
async function giveBack(services: StepServices, { claim, prepared }: Required<Attempted>): Promise<null> {
	const events = [...(await prepared.stepLog.close()), ...prepared.endEvents];
	if (events.length > 0) await appendEvents(services, claim, events);
	await retryWhileUnavailable(() => giveStepBack(services.sql, claim));
	return null;
}

export function nodeOf(call: StepCall): PlanNode {
	const node = call.run.index.nodes.get(call.nodeId)?.node;
	if (node === undefined) throw new Error(`The plan of run ${call.run.id} has no node ${call.nodeId}.`);
	return node;
}

export interface Attempted {
	node: PlanNode;
	claim: HeldClaim;
	/** Undefined if the attempt failed before it was prepared. */
	prepared?: PreparedStep;
}

async function recordSuccess(
	services: StepServices,
	call: StepCall,
	{ result, ...attempted }: Required<Attempted> & { result: StepResult<Json> },
): Promise<StepAnswer | null> {
	const { node, claim, prepared } = attempted;
	const record = await recordOfSuccess(attempted, result);
	const { port } = record.to;
	const hidden = await redactRecord(services, { ...record, variables: prepared.variables });
	const isPlain = prepared.usage.length === 0 && prepared.variables.size === 0;
	if (isPlain && isCacheable(result.output) && addClaimed(services, call, { node, claim, hidden })) {
		services.cache.setOutput(claim.runId, claim, result.output);
		await call.buffer.flushIfDue();
		return { status: "completed", port };
	}
	if (!(await retryWhileUnavailable(() => recordStep(services.sql, hidden)))) return null;
	services.cache.setOutput(claim.runId, claim, result.output);
	return { status: "completed", port };
}

/** Adds the record to the walk's next statement; false if the walk has ended. */
function addClaimed(
	services: StepServices,
	{ buffer }: StepCall,
	{ node, claim, hidden }: Omit<Attempted, "prepared"> & { hidden: StepRecord },
): boolean {
	const completed = completedOf(hidden);
	if (!buffer.isLazy || completed === undefined) return false;
	const recordAlone = async () => {
		try {
			await retryWhileUnavailable(() => recordStep(services.sql, hidden));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	};
	return buffer.add({ kind: "claimed", worker: claim.worker, claim: claim.claim, ...completed, recordAlone });
}

/** The record as the walk's next statement can write it; undefined if it needs a statement of its own. */
export function completedOf({ to, ...record }: StepRecord): Completed | undefined {
	if (to.status !== "completed") return undefined;
	const { nodeId, iteration, events, input = {}, sealed = null } = record;
	return { nodeId, iteration, port: to.port, output: to.output, input, sealed, events };
}

/** A change that cannot be made is the failure of its step, and another attempt would meet the same value. */
async function recordChange(
	services: StepServices,
	attempted: Required<Attempted>,
	{ run, update }: { run: RunContext; update: StepUpdate<Json> },
): Promise<StepAnswer | null> {
	const { claim } = attempted;
	const record = await recordOfSuccess(attempted, { output: null });
	const recordOf = (output: Json) => ({ ...record, to: { ...record.to, output: storable(output) } });
	try {
		const recorded = await retryWhileUnavailable(() => recordUpdate(services, { run, update, recordOf }));
		if (!recorded) return null;
		services.cache.setOutput(claim.runId, claim, recorded.output);
		return { status: "completed", port: record.to.port };
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return await recordFailure(services, attempted, failureOf(error));
	}
}

export async function recordOfSuccess({ node, claim, prepared }: Required<Attempted>, result: StepResult<Json>) {
	const port = portTaken(node, result.output);
	const { nodeId, iteration, attempt } = claim;
	const end: NewRunEvent = { type: "step.completed", nodeId, iteration, data: { attempt, port } };
	return {
		...claim,
		from: { status: "running", worker: claim.worker, claim: claim.claim },
		to: { status: "completed", port, output: result.output },
		input: prepared.recorded,
		usage: prepared.usage,
		events: [...(await prepared.stepLog.close()), ...prepared.endEvents, end],
	} as const satisfies StepRecord;
}

/** Records a failed attempt: with another one to follow, or as the end of the step. */
export async function recordFailure(
	services: StepServices,
	attempted: Attempted,
	failure: Failure,
): Promise<StepAnswer | null> {
	try {
		return await writeFailure(services, attempted, failure);
	} catch (error) {
		// The database refuses values of the attempt: the failure is recorded without them.
		if (!(error instanceof FatalError) || attempted.prepared === undefined) throw error;
		const { node, claim } = attempted;
		return await writeFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
	}
}

async function writeFailure(
	services: StepServices,
	{ node, claim, prepared }: Attempted,
	failure: Failure,
): Promise<StepAnswer | null> {
	const policy = node.retry ?? NO_RETRY;
	const { error } = failure;
	const willRetry = !failure.isFinal && claim.attempt < policy.maxAttempts;
	const wait = failure.retryAfterSeconds;
	const delayMs = wait === undefined ? retryDelayMs(policy, claim.attempt, Math.random()) : wait * 1000;
	const retryAt = Date.now() + delayMs;
	const place = { nodeId: claim.nodeId, iteration: claim.iteration };
	const port = portOfFailure(node);
	const events = [...((await prepared?.stepLog.close()) ?? []), ...(prepared?.endEvents ?? [])];
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...claim,
			from: { status: "running", worker: claim.worker, claim: claim.claim },
			to: willRetry
				? { status: "retrying", delayMs, error }
				: {
						status: "failed",
						port: port ?? null,
						error,
						output: { ...failure.left, error: { ...error } },
					},
			input: prepared?.recorded,
			usage: prepared?.usage ?? [],
			events: [
				...events,
				willRetry
					? { type: "step.retrying", ...place, data: { attempt: claim.attempt, error, retryAt } }
					: {
							type: "step.failed",
							...place,
							data: { attempt: claim.attempt, error, timedOut: failure.timedOut ?? false, ...(port && { port }) },
						},
			],
		}),
	);
	if (!accepted) return null;
	if (!willRetry) return { status: "failed" };
	return delayMs > SHORT_WAIT_MS ? { status: "retry", at: retryAt } : null;
}

/** The port that a finally failed step takes; undefined if it stops the run. */
export function portOfFailure(node: PlanNode): string | undefined {
	if (node.onFailure === "branch") return "error";
	return node.onFailure === "continue" ? "out" : undefined;
}
