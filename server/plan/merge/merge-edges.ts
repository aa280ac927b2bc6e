import { type EdgeKey, edgeKey } from "../edits/edge-key";
import type { Edge, NodeId, Plan, PlanNode } from "../plan";
import type { Removals } from "./decide-removals";
import { findCircles } from "./find-circles";
import type { Referee, Side, Versions } from "./merge-conflict";
import { mergeOrder } from "./merge-order";

interface Merging {
	plans: Versions<Plan>;
	nodes: ReadonlyMap<NodeId, PlanNode>;
	restored: Removals["restored"];
}

/** Connections are there or not: what one side drew comes, what one side removed goes. Together they make no circle. */
export function mergeEdges(merging: Merging, referee: Referee): Edge[] {
	const { plans, nodes } = merging;
	const keys = { base: keysOf(plans.base), mine: keysOf(plans.mine), theirs: keysOf(plans.theirs) };
	const order = mergeOrder({ base: [...keys.base], mine: [...keys.mine], theirs: [...keys.theirs] });
	const edges = new Map([...plans.theirs.edges, ...plans.mine.edges].map((edge) => [edgeKey(edge), edge]));
	const present = order.flatMap((key) => {
		const edge = edges.get(key);
		return edge && isWanted(edge, keys, merging) && fits(edge, merging) ? [edge] : [];
	});
	const dropped = new Set(
		findCircles(present, nodes.keys()).flatMap((circle) => {
			const only = (side: Side, other: Side) =>
				circle.filter((edge) => keys[side].has(edgeKey(edge)) && !keys[other].has(edgeKey(edge)));
			const [mine, theirs] = [only("mine", "theirs"), only("theirs", "mine")];
			if (mine.length === 0 || theirs.length === 0) return [];
			return referee.decide({ kind: "circle", mine, theirs }) === "mine" ? theirs : mine;
		}),
	);
	return present.filter((edge) => !dropped.has(edge));
}

function keysOf(plan: Plan): ReadonlySet<EdgeKey> {
	return new Set(plan.edges.map(edgeKey));
}

/** A step that was removed and is kept after all keeps the connections that it has where it was kept. */
function isWanted(edge: Edge, keys: Versions<ReadonlySet<EdgeKey>>, { restored }: Merging): boolean {
	const key = edgeKey(edge);
	const side = restored.get(edge.from) ?? restored.get(edge.to);
	if (side) return keys[side].has(key);
	return keys.base.has(key) ? keys.mine.has(key) && keys.theirs.has(key) : true;
}

/** Both ends exist, on the same side of every border. One that was wrong before is left for its own problem. */
function fits(edge: Edge, { plans, nodes }: Merging): boolean {
	const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
	if (from && to && from.parent === to.parent) return true;
	return [plans.mine, plans.theirs].some((plan) => {
		if (!plan.edges.some((each) => edgeKey(each) === edgeKey(edge))) return false;
		const ends = [edge.from, edge.to].map((id) => plan.nodes.find((node) => node.id === id));
		const [start, end] = ends;
		if (!start || !end) return !start === !from && !end === !to;
		return from !== undefined && to !== undefined && start.parent !== end.parent;
	});
}
