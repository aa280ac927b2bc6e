import type { NodeId, Plan } from "../plan";

/** The given nodes with everything inside the containers among them. */
export function withDescendants(plan: Plan, ids: Iterable<NodeId>): Set<NodeId> {
	const parents = parentsOf(plan);
	const chosen = new Set(ids);
	const found = new Set<NodeId>();
	for (const { id } of plan.nodes) if (chosen.has(id) || isInside(id, chosen, parents)) found.add(id);
	return found;
}

/** The given nodes without those that stand in a container that is given too: moving it moves them. */
export function outermostOf(plan: Plan, ids: Iterable<NodeId>): Set<NodeId> {
	const parents = parentsOf(plan);
	const chosen = new Set(ids);
	return new Set(plan.nodes.flatMap(({ id }) => (chosen.has(id) && !isInside(id, chosen, parents) ? [id] : [])));
}

function parentsOf(plan: Plan): Map<NodeId, NodeId | undefined> {
	return new Map(plan.nodes.map(({ id, parent }) => [id, parent]));
}

/** A draft may hold containers that stand in one another: the walk ends where it has been. */
function isInside(id: NodeId, chosen: ReadonlySet<NodeId>, parents: ReadonlyMap<NodeId, NodeId | undefined>): boolean {
	const seen = new Set([id]);
	for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
		if (chosen.has(at)) return true;
		seen.add(at);
	}
	return false;
}
