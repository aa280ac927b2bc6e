import { boundsOf, COLUMN, NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan } from "@/components/canvas/drawing/lay-out-plan";
import { buildGraph } from "@/components/canvas/drawing/plan-graph";
import { setPositions } from "@/server/plan/edits/move-nodes";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { findFreePlace } from "../changes/free-place";

/**
 * Finds a place for steps that were written without one: right of the step before them, or below all others. Where no
 * step has a place they are all laid out by themselves, and nothing is to be done.
 */
export function placeNewNodes(before: Plan, after: Plan): Plan {
	const old = new Set(before.nodes.map(({ id }) => id));
	const isUnplaced = ({ position: { x, y } }: PlanNode) => x === 0 && y === 0;
	const lost = after.nodes.filter((node) => !old.has(node.id) && isUnplaced(node));
	if (lost.length === 0) return after;
	const { nodes: laidOut } = layOutPlan(buildGraph(after));
	const sizes = new Map([...laidOut].map(([id, { rect }]) => [id, rect]));
	const places = new Map<NodeId, Point>();
	for (const node of lost) {
		const around = after.nodes.filter(({ parent, id }) => parent === node.parent && id !== node.id);
		const isLaidOutAlone = around.every(isUnplaced);
		if (isLaidOutAlone) continue;
		const taken = around
			.filter((other) => !lost.includes(other) || places.has(other.id))
			.map((other) => rectOf(other, places, sizes));
		places.set(node.id, findPlace(node, { plan: after, taken, places }));
	}
	return setPositions(after, places);
}

function rectOf(node: PlanNode, places: ReadonlyMap<NodeId, Point>, sizes: ReadonlyMap<NodeId, Rect>): Rect {
	const { width, height } = sizes.get(node.id) ?? NODE;
	return { ...(places.get(node.id) ?? node.position), width, height };
}

interface Finding {
	plan: Plan;
	/** Where its neighbours stand. */
	taken: readonly Rect[];
	places: ReadonlyMap<NodeId, Point>;
}

function findPlace(node: PlanNode, { plan, taken, places }: Finding): Point {
	const all = boundsOf([...taken]);
	const from = plan.edges.find(({ to }) => to === node.id)?.from;
	const source = plan.nodes.find(({ id }) => id === from);
	const start = source && (places.get(source.id) ?? source.position);
	if (!start) return { x: all.x, y: all.y + all.height + NODE.gapY };
	return findFreePlace({ x: start.x + COLUMN, y: start.y }, taken);
}
