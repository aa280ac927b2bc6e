import { FatalError, ProgramError, RetryableError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import type { StepResult, StepUpdate } from "@/server/nodes/execute-context";
import { executorOf } from "@/server/nodes/executors";
import { MOST_OUTPUT } from "@/server/nodes/output-limit";
import { JSON_LIMITS, type Json, type JsonObject } from "@/server/plan/json";
import { isDeeperThan } from "@/server/plan/json-depth";
import type { PlanNode } from "@/server/plan/plan";
import { releaseLostStep } from "@/server/runs/claim-step";
import type { NewRunEvent, StepError } from "@/server/runs/events";
import { toJsonText } from "@/server/runs/json-text";
import { recordInput, type StepRecord } from "@/server/runs/record-step";
import { NO_RETRY, retryDelayMs } from "@/server/runs/retry-delay";
import { isPassing, keepTrying } from "./keep-trying";
import { type PreparedStep, prepareStep } from "./prepare-step";
import { recordGuarded } from "./record-guarded";
import { recordUpdate } from "./record-update";
import type { RunFacts } from "./run-memory";
import { WorkerStopping } from "./run-signals";
import type { HeldClaim, StepAnswer, StepCall } from "./with-claim";
import { isPoisonous, SHORT_WAIT_MS, withClaim } from "./with-claim";
import type { StepWorld } from "./world";

const TOO_DEEP = `The output is nested deeper than ${JSON_LIMITS.depth} levels. Return a flatter value, or write it to a file.`;
/** A step that takes longer than this shows its input before it ends. */
const SHOW_INPUT_AFTER_MS = 300;
/** How long an executor may take to end after its signal was aborted. */
const ABORT_GRACE_MS = 5_000;

/** Does one attempt of a step: claim, resolve, execute, record. The attempt's failure is an answer, not an exception. */
export function executeStep(world: StepWorld, call: StepCall): Promise<StepAnswer> {
	return withClaim(world, { ...call, slot: (work) => world.slots(call.facts, work) }, (claim) =>
		attemptStep(world, call, claim),
	);
}

async function attemptStep(world: StepWorld, call: StepCall, claim: HeldClaim): Promise<StepAnswer | null> {
	const node = nodeOf(call);
	if (isPoisonous(claim)) {
		const message = `The worker stopped ${claim.lost} times while it ran this step. See whether the step needs more memory than there is.`;
		return await recordFailure(world, { node, claim }, { error: { message, code: "worker_lost" }, isFinal: true });
	}
	const controller = world.signals.enter(claim.runId, claim);
	let showInput: NodeJS.Timeout | undefined;
	try {
		const prepared = await prepareStep(world, { call, node, claim, controller });
		showInput = setTimeout(() => {
			recordInput(world.sql, claim, prepared.recorded).catch((error) => world.warn("An input was not shown.", error));
		}, SHOW_INPUT_AFTER_MS);
		const end = await attempt(() => runExecutor(node, prepared), prepared);
		clearTimeout(showInput);
		if ("error" in end) return await recordFailure(world, { node, claim, prepared }, end);
		return "output" in end
			? await recordSuccess(world, { node, claim, prepared }, end)
			: await recordChange(world, { node, claim, prepared }, { facts: call.facts, update: end });
	} catch (error) {
		if (error instanceof WorkerStopping) await releaseLostStep(world.sql, claim, claim.claim);
		if (error instanceof WorkerStopping || isPassing(error)) throw error;
		if (!(error instanceof FatalError)) world.warn("A step could not be done.", error);
		return await recordFailure(world, { node, claim }, { error: toStepError(error), isFinal: true });
	} finally {
		clearTimeout(showInput);
		world.signals.leave(claim.runId, controller);
	}
}

export function nodeOf(call: StepCall): PlanNode {
	const node = call.facts.index.nodes.get(call.nodeId)?.node;
	if (node === undefined) throw new Error(`The plan of run ${call.facts.id} has no node ${call.nodeId}.`);
	return node;
}

interface Failure {
	error: StepError;
	/** No retry policy applies: another attempt cannot help. */
	isFinal: boolean;
	retryAfterSeconds?: number;
	timedOut?: boolean;
	/** What a failed program left, for the steps after an error port. */
	left?: JsonObject;
}

/** What an executor hands back: its output, or a change that the output comes from. */
type Done = StepResult<Json> | StepUpdate<Json>;

async function runExecutor(node: PlanNode, prepared: PreparedStep): Promise<Done> {
	const execute = executorOf(node.type);
	if (execute === undefined) throw new FatalError(`This server has no step type “${node.type}”.`);
	return await execute(prepared.config, prepared.context);
}

/** Runs an executor until it ends or, some time after its signal was aborted, without waiting for it any longer. */
async function attempt(run: () => Promise<Done>, prepared: PreparedStep): Promise<Done | Failure> {
	const { signal } = prepared.context;
	let giveUp: (reason: unknown) => void = () => {};
	let grace: NodeJS.Timeout | undefined;
	const onAbort = () => {
		grace = setTimeout(() => giveUp(signal.reason), ABORT_GRACE_MS).unref();
	};
	const abandoned = new Promise<never>((_resolve, reject) => {
		giveUp = reject;
	});
	signal.addEventListener("abort", onAbort, { once: true });
	try {
		const result = await Promise.race([run(), abandoned]);
		return "output" in result ? { ...result, output: storable(result.output) } : result;
	} catch (error) {
		if (signal.reason instanceof WorkerStopping) throw signal.reason;
		if (signal.aborted && signal.reason === prepared.timeout) return { ...prepared.timeout.failure, isFinal: false };
		return failureOf(error);
	} finally {
		signal.removeEventListener("abort", onAbort);
		clearTimeout(grace);
		prepared.dispose();
	}
}

/** What is handed on is what is recorded: an output with its texts and names as the database keeps them. */
function storable(output: Json): Json {
	if (isDeeperThan(output, JSON_LIMITS.depth)) throw new FatalError(TOO_DEEP);
	const text = toJsonText(output);
	if (text.length <= MOST_OUTPUT) return JSON.parse(text);
	throw new FatalError("The output is longer than 2 MB. Write it to a file and return the file's name.");
}

function failureOf(error: unknown): Failure {
	// Whoever read the value went down into it, and had no stack left.
	if (error instanceof RangeError) return { error: { message: TOO_DEEP }, isFinal: true };
	if (error instanceof RetryableError) {
		const left = error instanceof ProgramError ? error.output : undefined;
		return { error: toStepError(error), isFinal: false, retryAfterSeconds: error.retryAfterSeconds, left };
	}
	return { error: toStepError(error), isFinal: error instanceof FatalError };
}

export function toStepError(error: unknown): StepError {
	if (!(error instanceof Error)) return { message: "The step failed without saying why." };
	const cause = error.cause instanceof Error ? error.cause.message : undefined;
	return { message: error.message || "The step failed without saying why.", ...(cause && { detail: cause }) };
}

interface Attempted {
	node: PlanNode;
	claim: HeldClaim;
	/** Missing when the attempt failed before it could be prepared. */
	prepared?: PreparedStep;
}

async function recordSuccess(
	world: StepWorld,
	{ node, claim, prepared }: Required<Attempted>,
	result: StepResult<Json>,
): Promise<StepAnswer | null> {
	const record = await recordOfSuccess({ node, claim, prepared }, result);
	const accepted = await keepTrying(() => recordGuarded(world, { ...record, variables: prepared.variables }));
	if (!accepted) return null;
	world.memory.remember(claim.runId, claim, result.output);
	return { status: "completed", port: record.to.port };
}

/** A change that cannot be made is the failure of its step, and another attempt would meet the same value. */
async function recordChange(
	world: StepWorld,
	attempted: Required<Attempted>,
	{ facts, update }: { facts: RunFacts; update: StepUpdate<Json> },
): Promise<StepAnswer | null> {
	const { claim } = attempted;
	const record = await recordOfSuccess(attempted, { output: null });
	const recordOf = (output: Json) => ({ ...record, to: { ...record.to, output: storable(output) } });
	try {
		const recorded = await keepTrying(() => recordUpdate(world, { facts, update, recordOf }));
		if (!recorded) return null;
		world.memory.remember(claim.runId, claim, recorded.output);
		return { status: "completed", port: record.to.port };
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return await recordFailure(world, attempted, failureOf(error));
	}
}

async function recordOfSuccess({ node, claim, prepared }: Required<Attempted>, result: StepResult<Json>) {
	const port = result.port ?? definitionOf(node.type)?.ports(node.config)[0] ?? "out";
	const { nodeId, iteration, attempt } = claim;
	const end: NewRunEvent = { type: "step.completed", nodeId, iteration, data: { attempt, port } };
	return {
		...claim,
		from: { status: "running", worker: claim.worker, claim: claim.claim },
		to: { status: "completed", port, output: result.output },
		input: prepared.recorded,
		usage: prepared.usage,
		events: [...(await prepared.journal.close()), ...prepared.traces, end],
	} as const satisfies StepRecord;
}

/** Records a failed attempt: with another one to follow, or as the end of the step. */
export async function recordFailure(
	world: StepWorld,
	attempted: Attempted,
	failure: Failure,
): Promise<StepAnswer | null> {
	try {
		return await writeFailure(world, attempted, failure);
	} catch (error) {
		// What the attempt has left behind is refused too: the failure alone is not.
		if (!(error instanceof FatalError) || attempted.prepared === undefined) throw error;
		const { node, claim } = attempted;
		return await writeFailure(world, { node, claim }, { error: toStepError(error), isFinal: true });
	}
}

async function writeFailure(
	world: StepWorld,
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
	const events = [...((await prepared?.journal.close()) ?? []), ...(prepared?.traces ?? [])];
	const accepted = await keepTrying(() =>
		recordGuarded(world, {
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

/** The exit that a finally failed step takes; none when it stops the run. */
export function portOfFailure(node: PlanNode): string | undefined {
	if (node.onFailure === "branch") return "error";
	return node.onFailure === "continue" ? "out" : undefined;
}
