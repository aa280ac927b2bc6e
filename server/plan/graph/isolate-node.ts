import { DEFAULT_TRIGGERS } from "@/server/triggers/catalog";
import type { NodeId, Plan } from "../plan";
import { withDescendants } from "./select-subtree";

/**
 * The plan of a step that runs alone: the node, free of its container and its connections, and when it is a container
 * everything inside it. Undefined when there is no such node. Its settings stay; what starts a run does not matter.
 */
export function isolateNode(plan: Plan, id: NodeId): Plan | undefined {
	const node = plan.nodes.find((each) => each.id === id);
	if (!node) return undefined;
	const ids = withDescendants(plan, [id]);
	ids.delete(id);
	const { parent: _, disabled: __, ...alone } = node;
	return {
		...plan,
		inputs: [],
		triggers: [...DEFAULT_TRIGGERS],
		nodes: [alone, ...plan.nodes.filter((each) => ids.has(each.id))],
		edges: plan.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
		notes: [],
	};
}
