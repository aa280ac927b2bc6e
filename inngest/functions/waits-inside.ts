import { definitionOf } from "@/server/nodes/catalog";
import type { NodeId } from "@/server/plan/plan";
import { bodyOf, type PlanIndex } from "@/server/plan/plan-graph";

/** Whether a step somewhere in a body waits for a person or a date. */
export function waitsInside(index: PlanIndex, parent?: NodeId): boolean {
	return bodyOf(index, parent).some(({ node }) => {
		const kind = node.disabled ? undefined : definitionOf(node.type)?.kind;
		return kind === "wait" || (kind === "container" && waitsInside(index, node.id));
	});
}
