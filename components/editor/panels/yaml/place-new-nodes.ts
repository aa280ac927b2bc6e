import { boundsOf, COLUMN, NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan } from "@/components/canvas/drawing/lay-out-plan";
import { setPositions } from "@/server/plan/edits/move-nodes";
import { bodyOf, indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { findFreePlace } from "../changes/free-place";

/**
 * Finds a place for steps that were written without one: right of the step before them, or below all others. Where no
 * step has a place they are all laid out by themselves, and nothing is to be done.
 */
export function placeNewNodes(before: Plan, after: Plan): Plan {
	const old = new Set(before.nodes.map(({ id }) => id));
	const lost = after.nodes.filter((node) => !old.has(node.id) && isUnplaced(node));
	if (lost.length === 0) return after;
	const graph = indexPlan(after);
	const { nodes: laidOut } = layOutPlan(graph);
	const sizes = new Map([...laidOut].map(([id, { rect }]) => [id, rect]));
	const places = new Map<NodeId, Point>();
	for (const node of lost) {
		const around = bodyOf(graph, graph.nodes.get(node.id)?.parent).flatMap((entry) =>
			entry.id === node.id ? [] : [entry.node],
		);
		const isLaidOutAlone = around.every(isUnplaced);
		if (isLaidOutAlone) continue;
		const taken = around
			.filter((other) => !lost.includes(other) || places.has(other.id))
			.map((other) => rectOf(other, places, sizes));
		places.set(node.id, findPlace(node, { graph, taken, places }));
	}
	return setPositions(after, places);
}

function isUnplaced({ position: { x, y } }: PlanNode): boolean {
	return x === 0 && y === 0;
}

function rectOf(node: PlanNode, places: ReadonlyMap<NodeId, Point>, sizes: ReadonlyMap<NodeId, Rect>): Rect {
	const { width, height } = sizes.get(node.id) ?? NODE;
	return { ...(places.get(node.id) ?? node.position), width, height };
}

interface Finding {
	graph: PlanIndex;
	/** Where its neighbours stand. */
	taken: readonly Rect[];
	places: ReadonlyMap<NodeId, Point>;
}

function findPlace(node: PlanNode, { graph, taken, places }: Finding): Point {
	const all = boundsOf([...taken]);
	const from = graph.nodes.get(node.id)?.incoming[0]?.from;
	const source = graph.nodes.get(from ?? "")?.node;
	const start = source && (places.get(source.id) ?? source.position);
	if (!start) return { x: all.x, y: all.y + all.height + NODE.gapY };
	return findFreePlace({ x: start.x + COLUMN, y: start.y }, taken);
}
