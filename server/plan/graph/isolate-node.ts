import { DEFAULT_TRIGGERS } from "@/server/triggers/catalog";
import type { NodeId, Plan, PlanNode } from "../plan";

/**
 * The plan of a step that runs alone: the node, free of its container and its connections, and when it is a container
 * everything inside it. Undefined when there is no such node. Its settings stay; what starts a run does not matter.
 */
export function isolateNode(plan: Plan, id: NodeId): Plan | undefined {
	const node = plan.nodes.find((each) => each.id === id);
	if (!node) return undefined;
	const inside = nodesInside(plan, id);
	const ids = new Set(inside.map((each) => each.id));
	const { parent: _, disabled: __, ...alone } = node;
	return {
		...plan,
		inputs: [],
		triggers: [...DEFAULT_TRIGGERS],
		nodes: [alone, ...inside],
		edges: plan.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
		notes: [],
	};
}

/** The nodes of a container's body and of the containers in it, in plan order. */
function nodesInside(plan: Plan, id: NodeId): PlanNode[] {
	const containers = new Set([id]);
	for (let before = 0; before < containers.size; ) {
		before = containers.size;
		for (const node of plan.nodes) {
			if (node.parent !== undefined && containers.has(node.parent) && node.id !== id) containers.add(node.id);
		}
	}
	containers.delete(id);
	return plan.nodes.filter((node) => containers.has(node.id));
}
