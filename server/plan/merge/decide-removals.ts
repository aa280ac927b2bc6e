import type { NodeId, Plan, PlanNode } from "../plan";
import { groupBy } from "../values/group-by";
import { otherSide, type Referee, type Side, type Versions } from "./merge-conflict";
import { touchedNodes } from "./touched-nodes";

export interface Removals {
	/** Steps that the merged plan does not have, although one side does. */
	gone: Set<NodeId>;
	/** Steps that one side removed and that stay as they are in the other. */
	restored: Map<NodeId, Side>;
}

/**
 * What one side removed and the other left alone is gone. What the other changed is a conflict: one for a container with
 * all that it holds, since half of it is worth nothing.
 */
export function decideRemovals(plans: Versions<Plan>, referee: Referee): Removals {
	const removals: Removals = { gone: new Set(), restored: new Map() };
	for (const removedBy of ["mine", "theirs"] as const) decideBy(removedBy, { plans, referee, removals });
	return removals;
}

interface Deciding {
	plans: Versions<Plan>;
	referee: Referee;
	removals: Removals;
}

function decideBy(removedBy: Side, { plans, referee, removals }: Deciding): void {
	const keeper = otherSide(removedBy);
	const removed = removedFrom(plans, removedBy);
	if (removed.size === 0) return;
	const kept = new Map(plans[keeper].nodes.map((node) => [node.id, node]));
	const rootOf = (id: NodeId) => climb(id, kept, (parent) => removed.has(parent));
	const touched = touchedNodes(plans.base, plans[keeper]);
	const old = new Set(plans.base.nodes.map(({ id }) => id));
	const newcomers = [...kept.keys()].filter((id) => !old.has(id));
	for (const [root, members] of groupBy(removed, rootOf)) {
		const isDisputed = members.some((id) => touched.has(id));
		const itemId = root;
		const side = isDisputed ? referee.decide({ kind: "removal", of: "node", itemId, removedBy }) : removedBy;
		for (const id of members) {
			if (side === keeper) removals.restored.set(id, keeper);
			else removals.gone.add(id);
		}
	}
	for (const id of newcomers) {
		const home = kept.get(climb(id, kept, (parent) => !old.has(parent)))?.parent;
		if (home !== undefined && removals.gone.has(home)) removals.gone.add(id);
	}
}

function removedFrom(plans: Versions<Plan>, side: Side): Set<NodeId> {
	const left = new Set(plans[side].nodes.map(({ id }) => id));
	const kept = new Set(plans[otherSide(side)].nodes.map(({ id }) => id));
	return new Set(plans.base.nodes.flatMap(({ id }) => (kept.has(id) && !left.has(id) ? [id] : [])));
}

/** The outermost of the containers around a node that can be reached by going on. Ends where it has been. */
function climb(id: NodeId, nodes: ReadonlyMap<NodeId, PlanNode>, goesOn: (parent: NodeId) => boolean): NodeId {
	const seen = new Set([id]);
	let at = id;
	for (let parent = nodes.get(at)?.parent; parent !== undefined && goesOn(parent); parent = nodes.get(at)?.parent) {
		if (seen.has(parent) || !nodes.has(parent)) break;
		seen.add(parent);
		at = parent;
	}
	return at;
}
