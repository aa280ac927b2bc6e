import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import type { DrawnEdge } from "@/components/canvas/drawing/drawn-edges";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { edgePath } from "@/components/canvas/drawing/edge-path";
import type { Point, Rect } from "@/components/canvas/drawing/geometry";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import { routeEdges } from "@/components/canvas/drawing/route-edges";
import { catalog } from "@/server/nodes/catalog";
import { moveNotes } from "@/server/plan/edits/edit-notes";
import { explainParent } from "@/server/plan/edits/explain-parent";
import type { PlanEdit, Refusal } from "@/server/plan/edits/plan-edit";
import { setParent } from "@/server/plan/edits/set-parent";
import { outermostOf, withDescendants } from "@/server/plan/graph/select-subtree";
import type { NodeId } from "@/server/plan/plan";
import { makeRoom } from "../insert/make-room";
import { writePositions } from "./write-positions";

/** What moves with a drag; fixed when it begins. */
export interface DragState {
	/** The outermost dragged steps. */
	ids: readonly NodeId[];
	notes: readonly string[];
	/** All dragged steps, with those inside dragged containers. */
	movedIds: ReadonlySet<NodeId>;
	/** Edges with an end on something that moves. */
	edges: readonly DrawnEdge[];
	/** The container that all of them are in, "" for the canvas itself; undefined when they are in several. */
	sharedParent: NodeId | "" | undefined;
}

export function dragStateOf(drawing: Drawing, nodes: readonly NodeId[], notes: readonly string[]): DragState {
	const { plan } = drawing.graph;
	const ids = [...outermostOf(plan, nodes)];
	const movedIds = withDescendants(plan, ids);
	const edges = drawing.edges.filter((edge) => endsOf(edge).some((id) => movedIds.has(id)));
	const [sharedParent, ...others] = new Set(ids.map((id) => drawing.layout.nodes.get(id)?.level ?? ""));
	return { ids, notes, movedIds, edges, sharedParent: others.length === 0 ? sharedParent : undefined };
}

/** The positions of all dragged nodes after a move, by React Flow id, and the paths of their edges. */
export function dragBy(
	{ layout }: Drawing,
	dragged: DragState,
	by: Point,
): { places: Map<string, Point>; paths: Map<string, string> } {
	const places = new Map<string, Point>();
	for (const id of dragged.movedIds) {
		const rect = layout.nodes.get(id)?.rect;
		if (rect) places.set(id, { x: rect.x + by.x, y: rect.y + by.y });
	}
	for (const { id, rect } of layout.notes) {
		if (dragged.notes.includes(id)) places.set(`~note-${id}`, { x: rect.x + by.x, y: rect.y + by.y });
	}
	const boxOf = (id: NodeId): Rect | undefined => {
		const rect = id === TRIGGER_ID ? layout.trigger.rect : layout.nodes.get(id)?.rect;
		return rect && { ...rect, ...places.get(id) };
	};
	const paths = dragged.edges.map((edge): [string, string] => [edge.id, pathOf(edge, { dragged, by, boxOf })]);
	return { places, paths: new Map(paths) };
}

interface DragContext {
	dragged: DragState;
	by: Point;
	boxOf(id: NodeId): Rect | undefined;
}

function pathOf(edge: DrawnEdge, { dragged, by, boxOf }: DragContext): string {
	const [source, target] = endsOf(edge);
	const movesFrom = dragged.movedIds.has(source);
	const movesTo = dragged.movedIds.has(target);
	const move = (point: Point, moves: boolean) => (moves ? { x: point.x + by.x, y: point.y + by.y } : point);
	if (movesFrom && movesTo) return edgePath(edge.points.map((point) => move(point, true)));
	const first = edge.points[0] ?? by;
	const from = move(first, movesFrom);
	const to = move(edge.points.at(-1) ?? first, movesTo);
	const around = [source, target].flatMap((id) => (edge.kind === "edge" || id === TRIGGER_ID ? (boxOf(id) ?? []) : []));
	const [route] = routeEdges([{ id: edge.id, from, to, around }]);
	return edgePath(route?.points ?? [from, to]);
}

/** Source and target of an edge; the border of a container counts as the container. */
function endsOf(edge: DrawnEdge): [NodeId, NodeId] {
	switch (edge.kind) {
		case "start":
			return [TRIGGER_ID, edge.to];
		case "edge":
			return [edge.from, edge.to];
		case "enter":
			return [edge.container, edge.to];
		case "leave":
			return [edge.from, edge.container];
	}
}

/** Snaps a move to the row or the column of a step that the first dragged one is within 6 px of. */
export function snapBy({ layout }: Drawing, dragged: DragState, by: Point): Point {
	const lead = layout.nodes.get(dragged.ids[0] ?? "");
	if (!lead) return { x: Math.round(by.x), y: Math.round(by.y) };
	const others = [...layout.nodes.values()].filter(({ node }) => !dragged.movedIds.has(node.id));
	return {
		x: Math.round(by.x + snapOffset(lead.rect.x + by.x, others, ({ rect }) => rect.x)),
		y: Math.round(by.y + snapOffset(lead.entry.y + by.y, others, ({ entry }) => entry.y)),
	};
}

const SNAP = 6;

function snapOffset(at: number, others: readonly NodeLayout[], of: (nodeLayout: NodeLayout) => number): number {
	let best = 0;
	let least = SNAP;
	for (const other of others) {
		const far = of(other) - at;
		if (Math.abs(far) >= least) continue;
		least = Math.abs(far);
		best = far;
	}
	return best;
}

/** Why the dragged steps cannot be dropped into a container; undefined when they can, or when they are in it already. */
export function explainLanding(drawing: Drawing, dragged: DragState, parent: NodeId | undefined): Refusal | undefined {
	if ((parent ?? "") === dragged.sharedParent) return undefined;
	return explainParent(drawing.graph.plan, { ids: dragged.ids, parent }, catalog);
}

/** The edit that a drop makes: everything at its new position, in the container that it is in now. Frames grow, and neighbours make way. */
export function dropSteps(
	drawing: Drawing,
	dragged: DragState,
	{ by, parent }: { by: Point; parent: NodeId | undefined },
): PlanEdit {
	return (plan) => {
		const { places } = dragBy(drawing, dragged, by);
		const moved = new Map(dragged.ids.flatMap((id) => (places.has(id) ? [[id, places.get(id) ?? by]] : [])));
		const settled = writePositions(plan, drawing.layout);
		const isRefused = explainLanding(drawing, dragged, parent) !== undefined;
		const changed =
			isRefused || dragged.ids.length === 0 ? settled : setParent(settled, { ids: dragged.ids, parent }, catalog);
		const placed = makeRoom(writePositions(changed, drawing.layout, moved), drawing.layout, dragged.movedIds);
		return moveNotes(placed, dragged.notes, by);
	};
}
