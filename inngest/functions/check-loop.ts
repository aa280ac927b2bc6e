import { FatalError } from "@/server/errors";
import { loopDefinition } from "@/server/nodes/loop/definition";
import { evaluateCel } from "@/server/plan/evaluate-cel";
import type { Json, JsonObject } from "@/server/plan/json";
import { bodyOf } from "@/server/plan/plan-graph";
import { resolveJson } from "@/server/plan/references";
import type { LoopDecision } from "@/server/runs/loop-iterations";
import { stepKey } from "@/server/runs/state";
import type { ContainerEnd } from "./close-container";
import { keepDecision, readDecision, readVariables } from "./container-progress";
import { nodeOf, toStepError } from "./execute-step";
import { innerIteration } from "./iteration-path";
import { keepTrying } from "./keep-trying";
import { loadScope, type StepScope } from "./load-scope";
import { stepsNamedIn } from "./names-in-text";
import { resolveOrFail } from "./prepare-step";
import { recordSkips } from "./skips";
import type { StepAnswer, StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/**
 * After an iteration of a loop: decides whether it was the last one, and works out the variables that hold from then on.
 * The decision is recorded under the iteration, and read when the check is repeated.
 */
export async function checkLoop(world: StepWorld, call: StepCall, index: number): Promise<StepAnswer> {
	await recordSkips(world, call);
	const iteration = innerIteration(call.iteration, index);
	const decided =
		(await readDecision(world, call.facts.id, { nodeId: call.nodeId, iteration })) ??
		(await decide(world, call, { index, iteration }));
	if (decided === undefined) return { status: "stopped" };
	return { status: "checked", stop: decided.stop, ...(decided.problem !== null && { problem: decided.problem }) };
}

interface Round {
	index: number;
	/** Its path. */
	iteration: string;
}

async function decide(world: StepWorld, call: StepCall, round: Round): Promise<LoopDecision | undefined> {
	const vars = await readVariables(world, call.facts.id, { ...call, index: round.index });
	const loop = { facts: call.facts, at: { nodeId: call.nodeId, iteration: round.iteration } };
	try {
		const decision = await evaluate(world, call, { ...round, vars });
		return await keepTrying(() => keepDecision(world, loop, decision));
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		const problem = toStepError(error).message;
		return await keepTrying(() => keepDecision(world, loop, { stop: false, problem, vars }));
	}
}

/** The condition sees the variables of the iteration that ended; what `next` makes of them holds afterwards. */
async function evaluate(world: StepWorld, call: StepCall, round: Round & { vars: JsonObject }): Promise<LoopDecision> {
	const { stopWhen, next } = readConfig(call);
	const scope = await loadInside(world, call, round.iteration);
	const stop = stopWhen === undefined ? false : resolveOrFail(() => evaluateCel(stopWhen, scope));
	if (typeof stop !== "boolean") throw new FatalError(`Stop when: “${stopWhen}” is neither true nor false.`);
	const changes = Object.entries(next).flatMap(([name, value]) => {
		const changed = nextValue(call, scope, value);
		return changed === undefined ? [] : [[name, changed] as const];
	});
	return { stop, problem: null, vars: { ...round.vars, ...Object.fromEntries(changes) } };
}

/** The new value of a variable; undefined when it comes from a step that this iteration skipped. */
function nextValue(call: StepCall, scope: StepScope, value: Json): Json | undefined {
	try {
		return resolveOrFail(() => resolveJson(value, scope)).value;
	} catch (error) {
		const inside = new Set(bodyOf(call.facts.index, call.nodeId).map(({ node }) => node.id));
		const named = stepsNamedIn(JSON.stringify(value));
		if (named.some((id) => inside.has(id) && !Object.hasOwn(scope.steps ?? {}, id))) return undefined;
		throw error;
	}
}

function readConfig(call: StepCall) {
	const { stopWhen, next } = loopDefinition.config.shape;
	const { config } = nodeOf(call);
	return { stopWhen: stopWhen.parse(config.stopWhen), next: next.parse(config.next) };
}

/** The scope as a step inside the iteration sees it. */
async function loadInside(world: StepWorld, call: StepCall, iteration: string): Promise<StepScope> {
	const [inside] = bodyOf(call.facts.index, call.nodeId);
	const text = JSON.stringify({ ...nodeOf(call).config, needed: "vars iteration" });
	if (inside === undefined) return await loadScope(world, call.facts, { ...call, text });
	return await loadScope(world, call.facts, { nodeId: inside.node.id, iteration, text });
}

/** What a loop hands on, and by which exit. */
export async function finishLoop(
	world: StepWorld,
	call: StepCall,
	end: { ran: number; reached: boolean; problem?: string },
): Promise<ContainerEnd> {
	const runId = call.facts.id;
	const iteration = innerIteration(call.iteration, end.ran - 1);
	const places = bodyOf(call.facts.index, call.nodeId).map(({ node }) => ({ nodeId: node.id, iteration }));
	const outputs = await world.memory.outputs(runId, places);
	const last = Object.fromEntries(
		places.flatMap((place) => {
			const output = outputs.get(stepKey(place.nodeId, place.iteration));
			return output === undefined ? [] : [[place.nodeId, { output }]];
		}),
	);
	const decided = await readDecision(world, runId, { nodeId: call.nodeId, iteration });
	const vars = decided?.vars ?? (await readVariables(world, runId, { ...call, index: end.ran - 1 }));
	const { stopWhen } = readConfig(call);
	const exhausted = stopWhen !== undefined && !end.reached && end.problem === undefined;
	const output = { iterations: end.ran, exhausted, vars, last };
	if (end.problem !== undefined) return { error: { message: end.problem }, output };
	return { port: exhausted ? "exhausted" : "out", output };
}
