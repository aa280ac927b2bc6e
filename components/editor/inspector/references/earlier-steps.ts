import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { enclosingContainers, indexPlan } from "@/server/plan/plan-graph";
import { orderPlan } from "@/server/plan/plan-order";

/** Where a reference is written. */
export interface ReferencePlace {
	readonly plan: Plan;
	readonly nodeId: NodeId;
	/** In a text that a container works out after each iteration: it sees the steps inside. */
	readonly inside: boolean;
}

/** What a place in a plan can see. */
export interface Sight {
	/** Steps whose output is there, in the order they run. */
	readonly steps: readonly PlanNode[];
	/** The containers around, the innermost first; itself included where a container looks inside. */
	readonly containers: readonly PlanNode[];
	/** The steps in the body of the nearest container. */
	readonly body: readonly PlanNode[];
}

/** The steps that come before a place, in its own body and in the bodies around it. Disabled ones put nothing out. */
export function seeFrom({ plan, nodeId, inside }: ReferencePlace): Sight {
	const index = indexPlan(plan);
	const order = orderPlan(index);
	const node = index.nodes.get(nodeId)?.node;
	if (!node) return { steps: [], containers: [], body: [] };
	const around = enclosingContainers(index, nodeId);
	const anchors = [node, ...around];
	const comesBefore = (target: PlanNode) =>
		anchors.some(
			(anchor) => target.parent === anchor.parent && target.id !== anchor.id && order.comesBefore(target.id, anchor.id),
		);
	const isSeen = (target: PlanNode) => comesBefore(target) || (inside && target.parent === nodeId);
	const containers = inside ? anchors : around;
	const [nearest] = containers;
	return {
		steps: order.sorted.flatMap(({ node: target }) => (!target.disabled && isSeen(target) ? [target] : [])),
		containers,
		body: nearest ? plan.nodes.filter(({ parent }) => parent === nearest.id) : [],
	};
}
