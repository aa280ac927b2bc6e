import { edgeKey } from "@/server/plan/edits/edge-key";
import type { Plan, PlanNode } from "@/server/plan/plan";

/** The plan as it is, and with it whatever it has lost since `before`: for a drawing that shows both. */
export function joinPlans(before: Plan, after: Plan): Plan {
	const now = new Set(after.nodes.map(({ id }) => id));
	const gone = before.nodes.filter(({ id }) => !now.has(id));
	const known = new Set([...now, ...gone.map(({ id }) => id)]);
	const nodes = [...after.nodes, ...gone.map((node) => withKnownParent(node, known))];
	const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
	const edges = new Set(after.edges.map(edgeKey));
	const cut = before.edges.filter((edge) => {
		const canBeDrawn = known.has(edge.from) && known.has(edge.to) && parents.get(edge.from) === parents.get(edge.to);
		return canBeDrawn && !edges.has(edgeKey(edge));
	});
	return { ...after, nodes, edges: [...after.edges, ...cut] };
}

function withKnownParent(node: PlanNode, known: ReadonlySet<string>): PlanNode {
	const { parent, ...rest } = node;
	return parent === undefined || known.has(parent) ? node : rest;
}
