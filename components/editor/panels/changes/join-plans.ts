import { NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan, type PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { edgeKey } from "@/server/plan/edits/edge-key";
import { bodyOf, type GraphNode, indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { findFreePlace } from "./free-place";

/** The plan as it is, and with it whatever it has lost since `before`: for a drawing that shows both. */
export function joinPlans(before: Plan, after: Plan): Plan {
	const now = new Set(after.nodes.map(({ id }) => id));
	const gone = before.nodes.filter(({ id }) => !now.has(id));
	const known = new Set([...now, ...gone.map(({ id }) => id)]);
	const places = placeGone(before, after);
	const nodes = [
		...after.nodes,
		...gone.map((node) => ({ ...withKnownParent(node, known), position: places.get(node.id) ?? node.position })),
	];
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

/**
 * What is gone stands where it stood from its neighbour, wherever that is now, and covers nothing. Inside a container that
 * is gone too it keeps its place; where no step has a place they are all laid out together.
 */
function placeGone(before: Plan, after: Plan): Map<NodeId, Point> {
	const now = new Set(after.nodes.map(({ id }) => id));
	const isLaidOut = after.nodes.every(({ position: { x, y } }) => x === 0 && y === 0);
	const places = new Map<NodeId, Point>();
	if (isLaidOut) return places;
	const [was, is] = [indexPlan(before), indexPlan(after)];
	const [old, current] = [layOutPlan(was), layOutPlan(is)];
	for (const { id, parent } of before.nodes) {
		const stood = old.nodes.get(id);
		if (now.has(id) || !stood || (parent !== undefined && !now.has(parent))) continue;
		const origin = parent === undefined ? { x: 0, y: 0 } : (current.nodes.get(parent)?.rect ?? { x: 0, y: 0 });
		const shift = shiftOf(neighbourOf(was.nodes.get(id), now), old, current);
		const taken = [
			...occupiedRects(is, parent, current),
			...[...places.values()].map((place) => around(place, origin)),
		];
		const place = findFreePlace({ x: stood.rect.x + shift.x, y: stood.rect.y + shift.y }, taken);
		places.set(id, { x: place.x - origin.x, y: place.y - origin.y });
	}
	return places;
}

function neighbourOf(gone: GraphNode | undefined, now: ReadonlySet<NodeId>): NodeId | undefined {
	const from = gone?.incoming.find((edge) => now.has(edge.from))?.from;
	return from ?? gone?.outgoing.find((edge) => now.has(edge.to))?.to;
}

function shiftOf(neighbour: NodeId | undefined, old: PlanLayout, current: PlanLayout): Point {
	const [was, is] = [old, current].map(({ nodes }) =>
		neighbour === undefined ? undefined : nodes.get(neighbour)?.rect,
	);
	return was && is ? { x: is.x - was.x, y: is.y - was.y } : { x: 0, y: 0 };
}

function occupiedRects(graph: PlanIndex, level: NodeId | undefined, { nodes, trigger }: PlanLayout): Rect[] {
	const rects = bodyOf(graph, level).flatMap(({ id }) => nodes.get(id)?.rect ?? []);
	return level === undefined ? [trigger.rect, ...rects] : rects;
}

function around({ x, y }: Point, origin: Point): Rect {
	return { x: x + origin.x, y: y + origin.y, width: NODE.width, height: NODE.height };
}
