import { type EdgeKey, edgeKey } from "../edits/edge-key";
import { indexPlan, type PlanIndex } from "../graph/index-plan";
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
	const graphs = { mine: indexPlan(plans.mine), theirs: indexPlan(plans.theirs) };
	const hadFault = (edge: Edge) =>
		(["mine", "theirs"] as const).some(
			(side) => keys[side].has(edgeKey(edge)) && isSameFault(edge, graphs[side], nodes),
		);
	const present = order.flatMap((key) => {
		const edge = edges.get(key);
		return edge && isWanted(edge, keys, merging) && (fits(edge, nodes) || hadFault(edge)) ? [edge] : [];
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

/** Both ends exist, in the same body. */
function fits({ from, to }: Edge, nodes: Merging["nodes"]): boolean {
	const [start, end] = [nodes.get(from), nodes.get(to)];
	return start !== undefined && end !== undefined && start.parent === end.parent;
}

/** What was wrong before is left for its own problem: an end that is missing still is, or a border that is crossed. */
function isSameFault({ from, to }: Edge, before: PlanIndex, nodes: Merging["nodes"]): boolean {
	const [start, end] = [before.nodes.get(from)?.node, before.nodes.get(to)?.node];
	const [isStart, isEnd] = [nodes.has(from), nodes.has(to)];
	if (!start || !end) return !start === !isStart && !end === !isEnd;
	return isStart && isEnd && start.parent !== end.parent;
}
