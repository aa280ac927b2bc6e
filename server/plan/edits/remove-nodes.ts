import { withDescendants } from "../graph/select-subtree";
import type { NodeId, Plan } from "../plan";

/** Removes steps, all that stands inside them, and every connection that touches them. */
export function removeNodes(plan: Plan, ids: Iterable<NodeId>): Plan {
	const gone = withDescendants(plan, ids);
	if (gone.size === 0) return plan;
	return {
		...plan,
		nodes: plan.nodes.filter(({ id }) => !gone.has(id)),
		edges: plan.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
	};
}
