import type { ContainerEnd, EndedRounds } from "@/server/nodes/container";
import type { RoundsExecutor } from "@/server/nodes/executors";
import { resolveJson } from "@/server/plan/expressions/references";
import { referencesIn } from "@/server/plan/expressions/template";
import { bodyOf } from "@/server/plan/graph/index-plan";
import type { Json } from "@/server/plan/values/json";
import { stepKey } from "@/server/runs/state";
import { innerIteration } from "../iteration-path";
import { nodeOf } from "../step/attempt-step";
import type { StepScope } from "../step/load-scope";
import { resolveOrFail } from "../step/prepare-step";
import type { StepAnswer, StepCall } from "../step/with-claim";
import type { StepServices } from "../step-services";
import { readDecision, readVariables } from "./container-progress";
import { decideOnce, evaluateStop } from "./decide-once";

/** After an iteration: decides whether it was the last one, and evaluates the variables of the next. */
export async function checkRound(
	services: StepServices,
	call: StepCall,
	{ index, executor }: { index: number; executor: RoundsExecutor },
): Promise<StepAnswer> {
	const vars = await readVariables(services, call.run.id, { ...call, index });
	const { config } = nodeOf(call);
	const stopWhen = executor.stopWhen(config);
	const next = executor.next(config);
	return await decideOnce(services, call, {
		...{ index, vars },
		// The condition sees the variables of the iteration that ended; what `next` makes of them holds afterwards.
		decide(scope) {
			const stop = evaluateStop(stopWhen, scope);
			const changes = Object.entries(next).flatMap(([name, value]) => {
				const changed = nextValue(call, scope, value);
				return changed === undefined ? [] : [[name, changed] as const];
			});
			return { stop, problem: null, vars: { ...vars, ...Object.fromEntries(changes) } };
		},
	});
}

/** The new value of a variable; undefined when it comes from a step that this iteration skipped. */
function nextValue(call: StepCall, scope: StepScope, value: Json): Json | undefined {
	try {
		return resolveOrFail(() => resolveJson(value, scope)).value;
	} catch (error) {
		const inside = new Set(bodyOf(call.run.index, call.nodeId).map(({ node }) => node.id));
		if (stepsReadBy(value).some((id) => inside.has(id) && !Object.hasOwn(scope.steps ?? {}, id))) return undefined;
		throw error;
	}
}

function stepsReadBy(value: Json): string[] {
	if (typeof value === "string") {
		return referencesIn(value).flatMap(({ path: [root, id] }) => (root === "steps" && id !== undefined ? id : []));
	}
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(stepsReadBy) : [];
}

/** What a container of rounds hands on. */
export async function finishRounds(
	services: StepServices,
	call: StepCall,
	{ executor, ...end }: Pick<EndedRounds, "ran" | "reached" | "problem"> & { executor: RoundsExecutor },
): Promise<ContainerEnd> {
	const runId = call.run.id;
	const iteration = innerIteration(call.iteration, end.ran - 1);
	const places = bodyOf(call.run.index, call.nodeId).map(({ node }) => ({ nodeId: node.id, iteration }));
	const outputs = await services.cache.outputs(runId, places);
	const last = Object.fromEntries(
		places.flatMap((place) => {
			const output = outputs.get(stepKey(place.nodeId, place.iteration));
			return output === undefined ? [] : [[place.nodeId, { output }]];
		}),
	);
	const decided = await readDecision(services, runId, { nodeId: call.nodeId, iteration });
	const vars = decided?.vars ?? (await readVariables(services, runId, { ...call, index: end.ran - 1 }));
	return executor.finish(nodeOf(call).config, { ...end, vars, last });
}
