import type { Point, Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan, type PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { writePositions } from "../moving/write-positions";

/** New places for steps (counted from their container's corner) and notes. */
export interface TidyPlaces {
	nodes: [NodeId, Point][];
	notes: [string, Point][];
}

/**
 * Lays a plan out anew: left to right, the main path straight, long flows in bands. What stands above now stays above,
 * so that a step more or less does not reshuffle the rest. Notes stay beside the step they are nearest to.
 */
export function tidyPlan(plan: Plan): TidyPlaces {
	const graph = indexPlan(plan);
	const before = layOutPlan(graph);
	const after = layOutPlan(graph, rankByPlace(before));
	const settled = writePositions(plan, after);
	return {
		nodes: settled.nodes.map(({ id, position }) => [id, position]),
		notes: plan.notes.map(({ id, position }) => [id, followNearest(position, before, after)]),
	};
}

/** From the top down, and from left to right. */
function rankByPlace({ nodes }: PlanLayout): Map<NodeId, number> {
	const placed = [...nodes.values()].sort((a, b) => a.entry.y - b.entry.y || a.rect.x - b.rect.x);
	return new Map(placed.map(({ node }, i) => [node.id, i]));
}

function followNearest(note: Point, before: PlanLayout, after: PlanLayout): Point {
	let least = Number.POSITIVE_INFINITY;
	let by: Point = { x: 0, y: 0 };
	for (const { node, rect } of before.nodes.values()) {
		const far = distance(note, rect);
		const next = after.nodes.get(node.id)?.rect;
		if (far >= least || !next) continue;
		least = far;
		by = { x: next.x - rect.x, y: next.y - rect.y };
	}
	return { x: note.x + by.x, y: note.y + by.y };
}

function distance(point: Point, rect: Rect): number {
	return Math.hypot(point.x - rect.x, point.y - rect.y);
}
