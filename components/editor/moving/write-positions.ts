import { CONTAINER, type Point } from "@/components/canvas/drawing/geometry";
import type { NodeLayout, PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { setPositions } from "@/server/plan/edits/move-nodes";
import { bodyOf, enclosingContainers, type GraphNode, indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";

/**
 * Writes into the plan where its nodes stand on the canvas: those in `moved` at their new places, what stands inside them
 * along with them, everything else where it is drawn. A frame grows around what was moved over its left or upper border.
 * @param moved corners on the canvas, not counted from a container's corner.
 */
export function writePositions(plan: Plan, layout: PlanLayout, moved: ReadonlyMap<NodeId, Point> = new Map()): Plan {
	const graph = indexPlan(plan);
	const order = outermostFirst(graph);
	const corners = new Map<NodeId, Point>();
	for (const entry of order) {
		const { id } = entry;
		const corner = cornerOf(moved.get(id), layout.nodes.get(id)) ?? followParent(entry, layout, corners);
		if (corner) corners.set(id, corner);
	}
	for (const { id, parent } of order.toReversed()) {
		if (parent !== "" && (moved.has(id) || grew(id, layout, corners))) growAround(parent, graph, corners);
	}
	const places = order.flatMap(({ id, parent }): [NodeId, Point][] => {
		const corner = corners.get(id);
		const origin = parent === "" ? { x: 0, y: 0 } : corners.get(parent);
		return corner && origin ? [[id, { x: corner.x - origin.x, y: corner.y - origin.y }]] : [];
	});
	return setPositions(plan, new Map(places));
}

/** The position in the plan for a corner on the canvas: they differ for collapsed containers. */
function cornerOf(drawn: Point | undefined, nodeLayout: NodeLayout | undefined): Point | undefined {
	if (!drawn || !nodeLayout) return drawn;
	return { x: drawn.x + nodeLayout.origin.x - nodeLayout.rect.x, y: drawn.y + nodeLayout.origin.y - nodeLayout.rect.y };
}

/** A node inside a collapsed container has no corner on the canvas and keeps its position. */
function followParent(
	{ id, parent }: GraphNode,
	layout: PlanLayout,
	corners: ReadonlyMap<NodeId, Point>,
): Point | undefined {
	const drawn = layout.nodes.get(id)?.origin;
	const around = layout.nodes.get(parent)?.origin;
	const corner = corners.get(parent);
	if (!drawn || !around || !corner) return drawn;
	return { x: drawn.x + corner.x - around.x, y: drawn.y + corner.y - around.y };
}

/** Whether a frame's corner has been pushed out, so that the frame around it may have to follow. */
function grew(id: NodeId, layout: PlanLayout, corners: ReadonlyMap<NodeId, Point>): boolean {
	const drawn = layout.nodes.get(id);
	const corner = corners.get(id);
	return drawn?.look.container === true && corner !== undefined && (corner.x < drawn.rect.x || corner.y < drawn.rect.y);
}

function growAround(parent: NodeId, graph: PlanIndex, corners: Map<NodeId, Point>): void {
	const origin = corners.get(parent);
	if (!origin) return;
	const body = bodyOf(graph, parent).flatMap(({ id }) => corners.get(id) ?? []);
	const left = Math.min(...body.map(({ x }) => x)) - CONTAINER.padX;
	const top = Math.min(...body.map(({ y }) => y)) - CONTAINER.header - CONTAINER.padY;
	corners.set(parent, { x: Math.min(origin.x, left), y: Math.min(origin.y, top) });
}

function outermostFirst(graph: PlanIndex): GraphNode[] {
	return [...graph.nodes.values()]
		.map((entry) => ({ entry, depth: enclosingContainers(graph, entry.id).length }))
		.sort((a, b) => a.depth - b.depth)
		.map(({ entry }) => entry);
}
