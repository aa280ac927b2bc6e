import { FatalError } from "@/server/errors";
import { loopDefinition } from "@/server/nodes/loop/definition";
import { evaluateCel } from "@/server/plan/evaluate-cel";
import type { JsonObject } from "@/server/plan/json";
import { bodyOf } from "@/server/plan/plan-graph";
import { resolveJson } from "@/server/plan/references";
import { toJsonText } from "@/server/runs/json-text";
import type { ContainerEnd } from "./close-container";
import { nodeOf, toStepError } from "./execute-step";
import { loadScope, readProgress, type StepScope } from "./load-scope";
import { resolveOrFail } from "./prepare-step";
import type { StepAnswer, StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/**
 * After an iteration of a loop: looks whether it is the last one, else works out the variables of the next.
 * Repeating it gives the same answer: the variables say which iteration they are for.
 */
export async function checkLoop(world: StepWorld, call: StepCall, index: number): Promise<StepAnswer> {
	try {
		const { stopWhen, next } = readConfig(call);
		const scope = await loadInside(world, call, index);
		const stop = stopWhen === undefined ? false : resolveOrFail(() => evaluateCel(stopWhen, scope));
		if (typeof stop !== "boolean") throw new FatalError(`Stop when: “${stopWhen}” is neither true nor false.`);
		if (!stop) await keepVariables(world, call, { index: index + 1, vars: nextVariables(scope, next) });
		return { status: "checked", stop };
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return { status: "checked", stop: false, problem: toStepError(error).message };
	}
}

function readConfig(call: StepCall) {
	const { stopWhen, next } = loopDefinition.config.shape;
	const { config } = nodeOf(call);
	return { stopWhen: stopWhen.parse(config.stopWhen), next: next.parse(config.next) };
}

/** The scope as a step inside the iteration sees it. */
async function loadInside(world: StepWorld, call: StepCall, index: number): Promise<StepScope> {
	const [inside] = bodyOf(call.facts.index, call.nodeId);
	const text = JSON.stringify({ ...nodeOf(call).config, needed: "vars iteration" });
	if (inside === undefined) return await loadScope(world, call.facts, { ...call, text });
	const iteration = iterationOf(call, index);
	return await loadScope(world, call.facts, { nodeId: inside.node.id, iteration, text });
}

function iterationOf(call: StepCall, index: number): string {
	return call.iteration === "" ? String(index) : `${call.iteration}.${index}`;
}

function nextVariables(scope: StepScope, next: JsonObject): JsonObject {
	const entries = Object.entries(next).map(([name, value]) => [
		name,
		resolveOrFail(() => resolveJson(value, scope)).value,
	]);
	return { ...scope.vars, ...Object.fromEntries(entries) };
}

async function keepVariables(
	world: StepWorld,
	call: StepCall,
	kept: { index: number; vars: JsonObject },
): Promise<void> {
	await world.sql`
		update run_steps set output = output::jsonb || ${toJsonText(kept)}::text::jsonb
		where run_id = ${call.facts.id} and node_id = ${call.nodeId} and iteration = ${call.iteration}
			and status = 'open' and coalesce((output->>'index')::int, 0) < ${kept.index}`;
}

/** What a loop hands on, and by which exit. */
export async function finishLoop(
	world: StepWorld,
	call: StepCall,
	end: { ran: number; reached: boolean; problem?: string },
): Promise<ContainerEnd> {
	const progress = await readProgress(world, call.facts.id, call);
	const places = bodyOf(call.facts.index, call.nodeId).map(({ node }) => ({
		nodeId: node.id,
		iteration: iterationOf(call, end.ran - 1),
	}));
	const outputs = await world.memory.outputs(call.facts.id, places);
	const last = Object.fromEntries(
		places.flatMap(({ nodeId, iteration }) => {
			const output = outputs.get(`${nodeId}#${iteration}`);
			return output === undefined ? [] : [[nodeId, { output }]];
		}),
	);
	const { stopWhen } = readConfig(call);
	const exhausted = stopWhen !== undefined && !end.reached && end.problem === undefined;
	const output = { iterations: end.ran, exhausted, vars: progress.vars ?? {}, last };
	if (end.problem !== undefined) return { error: { message: end.problem }, output };
	return { port: exhausted ? "exhausted" : "out", output };
}
