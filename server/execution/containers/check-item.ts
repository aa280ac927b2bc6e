import type { StepAnswer, StepCall } from "../step/with-claim";
import type { StepServices } from "../step-services";
import { decideOnce, evaluateStop } from "./decide-once";

/**
 * After an item that did not fail: decides whether further items begin.
 * @param stopWhen the container's stop condition
 */
export async function checkItem(
	services: StepServices,
	call: StepCall,
	{ index, stopWhen }: { index: number; stopWhen: string },
): Promise<StepAnswer> {
	const decide = (scope: Parameters<typeof evaluateStop>[1]) => ({
		stop: evaluateStop(stopWhen, scope),
		problem: null,
		vars: {},
	});
	return await decideOnce(services, call, { index, decide, vars: {} });
}
