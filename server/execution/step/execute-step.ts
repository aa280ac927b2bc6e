import { definitionOf } from "@/server/nodes/catalog";
import type { PlanNode } from "@/server/plan/plan";
import type { StepServices } from "../step-services";
import { attemptStep, nodeOf } from "./attempt-step";
import { executeUnclaimed } from "./execute-unclaimed";
import { type StepAnswer, type StepCall, withClaim } from "./with-claim";

/** Does one attempt of a step: claim, resolve, execute, record. The attempt's failure is an answer, not an exception. */
export function executeStep(services: StepServices, call: StepCall): Promise<StepAnswer> {
	if (call.buffer.isLazy && isRepeatable(nodeOf(call)) && !call.records.has(call)) {
		return services.slots(call.run, () => executeUnclaimed(services, call));
	}
	return withClaim(services, { ...call, slot: (work) => services.slots(call.run, work) }, (claim) =>
		attemptStep(services, call, { claim }),
	);
}

function isRepeatable(node: PlanNode): boolean {
	return definitionOf(node.type)?.hasEffect === false;
}
