import { catalog } from "@/server/nodes/catalog";
import { endOf, type StepEnd } from "@/server/plan/expressions/output-shape";
import { collectGuards } from "@/server/plan/graph/branch-guards";
import { enclosingContainers, type PlanIndex } from "@/server/plan/graph/index-plan";
import { orderPlan } from "@/server/plan/graph/plan-order";
import { viewPlan } from "@/server/plan/graph/plan-view";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";

/** Where a reference is written. */
export interface ReferencePlace {
	readonly plan: Plan;
	readonly nodeId: NodeId;
	/** In a text that a container works out after each iteration: it sees the steps inside. */
	readonly inside: boolean;
}

/** What a place in a plan can see. */
export interface ReferenceScope {
	readonly index: PlanIndex;
	/** Steps whose output is there, in the order they run. */
	readonly steps: readonly PlanNode[];
	/** The containers around, the innermost first; itself included where a container looks inside. */
	readonly containers: readonly PlanNode[];
	/** How a step has ended here, as far as the branches taken tell. */
	endOf(step: PlanNode): StepEnd;
}

/** The steps that come before a place, in its own body and in the bodies around it. Disabled ones put nothing out. */
export function referenceScope({ plan, nodeId, inside }: ReferencePlace): ReferenceScope {
	const view = viewPlan(plan, { definitions: catalog });
	const { index } = view;
	const order = orderPlan(index);
	const node = index.nodes.get(nodeId)?.node;
	if (!node) return { index, steps: [], containers: [], endOf: () => "either" };
	const around = enclosingContainers(index, nodeId);
	const anchors = [node, ...around];
	const comesBefore = (target: PlanNode) =>
		anchors.some(
			(anchor) => target.parent === anchor.parent && target.id !== anchor.id && order.comesBefore(target.id, anchor.id),
		);
	const isSeen = (target: PlanNode) => comesBefore(target) || (inside && target.parent === nodeId);
	const containers = inside ? anchors : around;
	const guards = collectGuards(view, order);
	return {
		index,
		steps: order.sorted.flatMap(({ node: target }) => (!target.disabled && isSeen(target) ? [target] : [])),
		containers,
		endOf: (step) => endOf(step, guards, anchors),
	};
}
