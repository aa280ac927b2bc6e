import { forEachDefinition } from "@/server/nodes/for-each/definition";
import { nodeOf } from "../step/attempt-step";
import type { StepAnswer, StepCall } from "../step/with-claim";
import type { StepServices } from "../step-services";
import { decideOnce, evaluateStop } from "./decide-once";

/** After an item of a for-each that did not fail: decides whether further items begin. */
export async function checkItem(services: StepServices, call: StepCall, index: number): Promise<StepAnswer> {
	const stopWhen = forEachDefinition.config.shape.stopWhen.parse(nodeOf(call).config.stopWhen);
	const decide = (scope: Parameters<typeof evaluateStop>[1]) => ({
		stop: evaluateStop(stopWhen, scope),
		problem: null,
		vars: {},
	});
	return await decideOnce(services, call, { index, decide, vars: {} });
}
