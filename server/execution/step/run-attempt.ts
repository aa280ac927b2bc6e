import { FatalError, ProgramError, RetryableError } from "@/server/errors";
import type { StepCall, StepPause, StepQuestion, StepResult, StepUpdate } from "@/server/nodes/execute-context";
import { executorOf } from "@/server/nodes/executors";
import { MAX_OUTPUT_LENGTH } from "@/server/nodes/output-limit";
import type { PlanNode } from "@/server/plan/plan";
import { JSON_LIMITS, type Json, type JsonObject } from "@/server/plan/values/json";
import { isDeeperThan } from "@/server/plan/values/json-depth";
import type { StepError } from "@/server/runs/events";
import { toJsonText } from "@/server/runs/store/json-text";
import { WorkerStopping } from "../run-signals";
import { type PreparedStep, TimeoutReason } from "./prepare-step";

const TOO_DEEP = `The output is nested deeper than ${JSON_LIMITS.depth} levels. Return a flatter value, or write it to a file.`;
/** How long an executor may take to end after its signal was aborted. */
const ABORT_GRACE_MS = 5_000;

/** A failed attempt. */
export interface Failure {
	error: StepError;
	/** No retry policy applies: another attempt cannot help. */
	isFinal: boolean;
	retryAfterSeconds?: number;
	timedOut?: boolean;
	/** The output of a failed program, for the steps after the error port. */
	left?: JsonObject;
}

/** What an executor returns: its output, a change of a variable that yields the output, what it asks, or that it pauses. */
type Done = StepResult<Json> | StepUpdate<Json> | StepQuestion | StepCall | StepPause;

async function runExecutor(node: PlanNode, prepared: PreparedStep): Promise<Done> {
	const executor = executorOf(node.type);
	if (executor?.kind !== "step") throw new FatalError(`This server has no step type “${node.type}”.`);
	return await executor.run(prepared.config, prepared.context);
}

/** Runs an executor until it ends or, some time after its signal was aborted, without waiting for it any longer. */
export async function runAttempt(node: PlanNode, prepared: PreparedStep): Promise<Done | Failure> {
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
		const result = await Promise.race([runExecutor(node, prepared), abandoned]);
		return "output" in result ? { ...result, output: storable(result.output) } : result;
	} catch (error) {
		if (signal.reason instanceof WorkerStopping) throw signal.reason;
		if (signal.aborted && signal.reason instanceof TimeoutReason) return { ...signal.reason.failure, isFinal: false };
		return failureOf(error);
	} finally {
		signal.removeEventListener("abort", onAbort);
		clearTimeout(grace);
		prepared.dispose();
	}
}

/** The output as the database stores it, so that later steps read exactly what is recorded. */
export function storable(output: Json): Json {
	if (isDeeperThan(output, JSON_LIMITS.depth)) throw new FatalError(TOO_DEEP);
	const text = toJsonText(output);
	if (text.length <= MAX_OUTPUT_LENGTH) return JSON.parse(text);
	throw new FatalError("The output is longer than 2 MB. Write it to a file and return the file's name.");
}

export function failureOf(error: unknown): Failure {
	// The value is nested so deep that reading it overflowed the stack.
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
