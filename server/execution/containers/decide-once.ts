import { FatalError } from "@/server/errors";
import { evaluateCel } from "@/server/plan/expressions/evaluate-cel";
import { bodyOf } from "@/server/plan/graph/index-plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { LoopDecision } from "@/server/runs/store/loop-iterations";
import { innerIteration } from "../iteration-path";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { nodeOf } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveOrFail } from "../step/prepare-step";
import { toStepError } from "../step/run-attempt";
import type { StepAnswer, StepCall } from "../step/with-claim";
import type { StepServices } from "../step-services";
import { readDecision, recordDecision } from "./container-progress";

interface Decider {
	/** Of the iteration that ended. */
	index: number;
	/** Makes the decision. If it throws `FatalError`, its message is recorded as the problem. */
	decide(scope: StepScope): LoopDecision;
	/** The variables that are kept if `decide` throws. */
	vars: JsonObject;
}

/**
 * After an iteration of a container: decides how it goes on. The decision is recorded under the iteration, and read when
 * the check is repeated.
 */
export async function decideOnce(services: StepServices, call: StepCall, decider: Decider): Promise<StepAnswer> {
	await call.buffer.flush();
	const at = { nodeId: call.nodeId, iteration: innerIteration(call.iteration, decider.index) };
	const decided = (await readDecision(services, call.run.id, at)) ?? (await keep(services, call, { at, decider }));
	if (decided === undefined) return { status: "stopped" };
	return { status: "checked", stop: decided.stop, ...(decided.problem !== null && { problem: decided.problem }) };
}

async function keep(
	services: StepServices,
	call: StepCall,
	{ at, decider }: { at: { nodeId: string; iteration: string }; decider: Decider },
): Promise<LoopDecision | undefined> {
	const kept = { run: call.run, at };
	try {
		const decision = decider.decide(await loadInside(services, call, at.iteration));
		return await retryWhileUnavailable(() => recordDecision(services, kept, decision));
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const problem = toStepError(error).message;
		return await retryWhileUnavailable(() =>
			recordDecision(services, kept, { stop: false, problem, vars: decider.vars }),
		);
	}
}

/** Throws `FatalError` if the expression cannot be evaluated, or is neither true nor false. */
export function evaluateStop(stopWhen: string | undefined, scope: StepScope): boolean {
	const stop = stopWhen === undefined ? false : resolveOrFail(() => evaluateCel(stopWhen, scope));
	if (typeof stop === "boolean") return stop;
	throw new FatalError(`Stop when: “${stopWhen}” is neither true nor false.`);
}

/** The scope as a step inside the iteration sees it. */
async function loadInside(services: StepServices, call: StepCall, iteration: string): Promise<StepScope> {
	const [inside] = bodyOf(call.run.index, call.nodeId);
	const needs = needsOf(nodeOf(call));
	if (inside === undefined) return await loadScope(services, call.run, { ...call, needs });
	return await loadScope(services, call.run, { nodeId: inside.node.id, iteration, needs });
}
