import { edgeKey } from "../edits/edge-key";
import type { NodeId, Plan, PlanNode } from "../plan";
import type { Versions } from "./merge-conflict";
import { otherSide, type Referee, type Side } from "./merge-conflict";
import { pickSide } from "./merge-json";

/** Where a step stands in the merged plan, and from whose plan that comes. */
export interface Home {
	side: Side;
	parent: NodeId | undefined;
}

export interface Population {
	/** The steps of the merged plan. */
	alive: ReadonlySet<NodeId>;
	/** Whether one is there and can have others inside. */
	holds(id: NodeId): boolean;
}

type Nodes = ReadonlyMap<NodeId, PlanNode>;

/**
 * Finds each step's container. Both moved it, or one moved it and the other drew a connection that the move would cut, or
 * two moves put containers into one another: the step's container is a conflict.
 */
export function decideParents(
	plans: Versions<Plan>,
	{ alive, holds }: Population,
	referee: Referee,
): ReadonlyMap<NodeId, Home> {
	const nodes = { base: byId(plans.base), mine: byId(plans.mine), theirs: byId(plans.theirs) };
	const placing: Placing = { plans, nodes, holds, sides: new Map(), disputed: new Set() };
	for (const id of alive) placing.sides.set(id, sideOf(placing, id, referee));
	for (;;) {
		const homes = homesOf(placing);
		const disputes = [...cutOff(placing, homes), ...insideThemselves(placing, homes)];
		if (disputes.length === 0) return untangle(placing, referee.prefer);
		for (const id of disputes) {
			placing.disputed.add(id);
			placing.sides.set(id, dispute(placing, id, referee));
		}
	}
}

interface Placing {
	plans: Versions<Plan>;
	nodes: Versions<Nodes>;
	holds: Population["holds"];
	sides: Map<NodeId, Side>;
	disputed: Set<NodeId>;
}

function byId(plan: Plan): Nodes {
	return new Map(plan.nodes.map((node) => [node.id, node]));
}

function sideOf(placing: Placing, id: NodeId, referee: Referee): Side {
	const { mine, theirs } = placing.nodes;
	if (!mine.has(id)) return "theirs";
	if (!theirs.has(id)) return "mine";
	const side = pickSide(parentsOf(placing, id));
	if (side) return side;
	placing.disputed.add(id);
	return dispute(placing, id, referee);
}

function dispute(placing: Placing, id: NodeId, referee: Referee): Side {
	return referee.decide({ kind: "field", of: "node", itemId: id, field: "parent", ...parentsOf(placing, id) });
}

function parentsOf({ nodes }: Placing, id: NodeId): Versions<NodeId | undefined> {
	const [base, mine, theirs] = [nodes.base, nodes.mine, nodes.theirs].map((each) => each.get(id)?.parent);
	return { base, mine, theirs };
}

function homesOf(placing: Placing): Map<NodeId, Home> {
	return new Map([...placing.sides].map(([id, side]) => [id, homeOf(placing, id, side)]));
}

/** A container that the other side removed, or made a step, cannot hold anything: then the other side knows where the step stands. */
function homeOf({ nodes, holds }: Placing, id: NodeId, side: Side): Home {
	const { parent } = nodes[side].get(id) ?? {};
	if (parent === undefined || holds(parent)) return { side, parent };
	const other = nodes[otherSide(side)].get(id);
	if (other && (other.parent === undefined || holds(other.parent)))
		return { side: otherSide(side), parent: other.parent };
	const seen = new Set([id]);
	let at: NodeId | undefined = parent;
	while (at !== undefined && !holds(at) && !seen.has(at)) {
		seen.add(at);
		at = (nodes[side].get(at) ?? nodes.base.get(at))?.parent;
	}
	return { side, parent: at !== undefined && holds(at) ? at : undefined };
}

/** Steps whose move by one side would cut a connection that the other side has drawn since. */
function cutOff(placing: Placing, homes: ReadonlyMap<NodeId, Home>): NodeId[] {
	const { plans } = placing;
	const known = new Set(plans.base.edges.map(edgeKey));
	const found = (["mine", "theirs"] as const).flatMap((side) =>
		plans[side].edges.flatMap((edge) => {
			const [from, to] = [homes.get(edge.from), homes.get(edge.to)];
			if (known.has(edgeKey(edge)) || !from || !to || from.parent === to.parent) return [];
			const own = placing.nodes[side];
			if (own.get(edge.from)?.parent !== own.get(edge.to)?.parent) return [];
			return [edge.from, edge.to].filter((id) => own.get(id)?.parent !== homes.get(id)?.parent);
		}),
	);
	return open(placing, found);
}

function insideThemselves(placing: Placing, homes: ReadonlyMap<NodeId, Home>): NodeId[] {
	return open(placing, circleOfParents(homes));
}

/** Those that can be a conflict: both sides have them, in different places, and nobody has been asked. */
function open({ nodes, disputed }: Placing, ids: readonly NodeId[]): NodeId[] {
	return [...new Set(ids)].filter((id) => {
		const [mine, theirs] = [nodes.mine.get(id), nodes.theirs.get(id)];
		return mine && theirs && mine.parent !== theirs.parent && !disputed.has(id);
	});
}

/** Choices may still put containers into one another: then all of a circle come from one side, which has none. */
function untangle(placing: Placing, prefer: Side): ReadonlyMap<NodeId, Home> {
	for (;;) {
		const homes = homesOf(placing);
		const changed = circleOfParents(homes).filter(
			(id) => placing.sides.get(id) !== prefer && placing.nodes[prefer].has(id),
		);
		if (changed.length === 0) return homes;
		for (const id of changed) placing.sides.set(id, prefer);
	}
}

function circleOfParents(homes: ReadonlyMap<NodeId, Home>): NodeId[] {
	return [...homes.keys()].filter((start) => {
		const seen = new Set<NodeId>();
		let at = homes.get(start)?.parent;
		while (at !== undefined && at !== start && !seen.has(at)) {
			seen.add(at);
			at = homes.get(at)?.parent;
		}
		return at === start;
	});
}
