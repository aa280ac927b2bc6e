import { definitionOf } from "@/server/nodes/catalog";
import type { PlanNode } from "@/server/plan/plan";
import type { StepWorld } from "../world";
import { attemptStep, nodeOf } from "./attempt-step";
import { executeUnclaimed } from "./execute-unclaimed";
import { type StepAnswer, type StepCall, withClaim } from "./with-claim";

/** Does one attempt of a step: claim, resolve, execute, record. The attempt's failure is an answer, not an exception. */
export function executeStep(world: StepWorld, call: StepCall): Promise<StepAnswer> {
	if (call.buffer.isLazy && isRepeatable(nodeOf(call)) && !call.records.has(call)) {
		return world.slots(call.facts, () => executeUnclaimed(world, call));
	}
	return withClaim(world, { ...call, slot: (work) => world.slots(call.facts, work) }, (claim) =>
		attemptStep(world, call, { claim }),
	);
}

function isRepeatable(node: PlanNode): boolean {
	return definitionOf(node.type)?.hasEffect === false;
}
