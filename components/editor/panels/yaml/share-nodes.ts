import { edgeKey } from "@/server/plan/edits/edge-key";
import type { Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";

/** The plan that was read, with the very steps of the old one where they say the same: only what changed is drawn anew. */
export function shareNodes(before: Plan, after: Plan): Plan {
	const nodes = new Map(before.nodes.map((node) => [node.id, node]));
	const edges = new Map(before.edges.map((edge) => [edgeKey(edge), edge]));
	return {
		...after,
		nodes: after.nodes.map((node) => {
			const old = nodes.get(node.id);
			return old && isSameJson(old, node) ? old : node;
		}),
		edges: after.edges.map((edge) => edges.get(edgeKey(edge)) ?? edge),
	};
}
