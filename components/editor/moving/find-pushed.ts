import type { Rect } from "@/components/canvas/drawing/geometry";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import type { PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { isNear } from "../insert/step-size";

/** Steps of one level that can be pushed to the right, and the edges that connect them. */
interface Pushable {
	graph: PlanIndex;
	rects: ReadonlyMap<NodeId, Rect>;
}

export function pushableOf(graph: PlanIndex, placed: readonly NodeLayout[]): Pushable {
	return { graph, rects: new Map(placed.map(({ node, rect }) => [node.id, rect])) };
}

/** What stands at or right of an edge, of some steps and all that follows them. Bands below that begin left of the edge stay. */
export function findFollowers(
	{ graph, rects }: Pushable,
	{ first, edge }: { first: readonly NodeId[]; edge: number },
): Set<NodeId> {
	const reached = findReached(graph, first);
	const starts: NodeId[] = [];
	let floor = Number.POSITIVE_INFINITY;
	for (const id of reached) {
		const from = rects.get(id);
		for (const { to } of from ? (graph.nodes.get(id)?.outgoing ?? []) : []) {
			const rect = rects.get(to);
			if (!from || !rect || rect.x >= edge || rect.y < from.y + from.height) continue;
			starts.push(to);
			floor = Math.min(floor, from.y + from.height);
		}
	}
	const below = findReached(graph, starts);
	const follows = (id: NodeId, rect: Rect) => rect.x >= edge && !(below.has(id) && rect.y >= floor);
	return new Set([...reached].filter((id) => follows(id, rects.get(id) ?? NOWHERE)));
}

const NOWHERE: Rect = { x: Number.NEGATIVE_INFINITY, y: 0, width: 0, height: 0 };

/** All steps that a push to the right moves: the pushed ones, those that they would overlap, and what follows those. */
export function findPushed(pushable: Pushable, pushed: ReadonlySet<NodeId>, by: number): Set<NodeId> {
	const { rects } = pushable;
	const found = new Set(pushed);
	for (const id of found) {
		const from = rects.get(id);
		if (!from) continue;
		const to = { ...from, x: from.x + by };
		for (const [other, rect] of rects) {
			if (found.has(other) || !isNear(to, rect) || isNear(from, rect)) continue;
			for (const each of findFollowers(pushable, { first: [other], edge: rect.x })) found.add(each);
		}
	}
	return found;
}

function findReached({ nodes }: PlanIndex, first: readonly NodeId[]): Set<NodeId> {
	const reached = new Set(first);
	for (const id of reached) for (const { to } of nodes.get(id)?.outgoing ?? []) reached.add(to);
	return reached;
}
