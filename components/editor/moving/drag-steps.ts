import type { Drawing } from "@/components/canvas/draw-plan";
import { type DrawnEdge, TRIGGER_ID } from "@/components/canvas/drawn-edges";
import { edgePath } from "@/components/canvas/edge-path";
import type { Point, Rect } from "@/components/canvas/geometry";
import type { PlacedNode } from "@/components/canvas/lay-out-plan";
import { routeEdges } from "@/components/canvas/route-edges";
import { catalog } from "@/server/nodes/catalog";
import { moveNotes } from "@/server/plan/edits/edit-notes";
import { explainParent } from "@/server/plan/edits/explain-parent";
import type { PlanEdit, Refusal } from "@/server/plan/edits/plan-edit";
import { outermostOf, withDescendants } from "@/server/plan/edits/select-subtree";
import { setParent } from "@/server/plan/edits/set-parent";
import type { NodeId } from "@/server/plan/plan";
import { makeWay } from "../insert/make-way";
import { settlePlaces } from "./settle-places";

/** What is held while it is dragged. */
export interface Grip {
	/** The steps that are moved; what stands inside them comes along. */
	ids: readonly NodeId[];
	notes: readonly string[];
	carried: ReadonlySet<NodeId>;
	/** Edges with an end on something that moves. */
	edges: readonly DrawnEdge[];
	/** The container that all of it stands in; nothing when they stand in several. */
	home: NodeId | "" | undefined;
}

export function takeHold(drawing: Drawing, nodes: readonly NodeId[], notes: readonly string[]): Grip {
	const { plan } = drawing.graph;
	const ids = [...outermostOf(plan, nodes)];
	const carried = withDescendants(plan, ids);
	const edges = drawing.edges.filter((edge) => endsOf(edge).some((id) => carried.has(id)));
	const [home, ...others] = new Set(ids.map((id) => drawing.layout.nodes.get(id)?.level ?? ""));
	return { ids, notes, carried, edges, home: others.length === 0 ? home : undefined };
}

/** Where everything that is held stands after a move, by its name on the canvas, and how its edges run meanwhile. */
export function dragBy(
	{ layout }: Drawing,
	grip: Grip,
	by: Point,
): { places: Map<string, Point>; paths: Map<string, string> } {
	const places = new Map<string, Point>();
	for (const id of grip.carried) {
		const rect = layout.nodes.get(id)?.rect;
		if (rect) places.set(id, { x: rect.x + by.x, y: rect.y + by.y });
	}
	for (const { id, rect } of layout.notes) {
		if (grip.notes.includes(id)) places.set(`~note-${id}`, { x: rect.x + by.x, y: rect.y + by.y });
	}
	const boxOf = (id: NodeId): Rect | undefined => {
		const rect = id === TRIGGER_ID ? layout.trigger.rect : layout.nodes.get(id)?.rect;
		return rect && { ...rect, ...places.get(id) };
	};
	const paths = grip.edges.map((edge): [string, string] => [edge.id, pathOf(edge, { grip, by, boxOf })]);
	return { places, paths: new Map(paths) };
}

interface Meanwhile {
	grip: Grip;
	by: Point;
	boxOf(id: NodeId): Rect | undefined;
}

function pathOf(edge: DrawnEdge, { grip, by, boxOf }: Meanwhile): string {
	const [source, target] = endsOf(edge);
	const movesFrom = grip.carried.has(source);
	const movesTo = grip.carried.has(target);
	const move = (point: Point, moves: boolean) => (moves ? { x: point.x + by.x, y: point.y + by.y } : point);
	if (movesFrom && movesTo) return edgePath(edge.points.map((point) => move(point, true)));
	const first = edge.points[0] ?? by;
	const from = move(first, movesFrom);
	const to = move(edge.points.at(-1) ?? first, movesTo);
	const around = [source, target].flatMap((id) => (edge.kind === "edge" || id === TRIGGER_ID ? (boxOf(id) ?? []) : []));
	const [route] = routeEdges([{ id: edge.id, from, to, around }]);
	return edgePath(route?.points ?? [from, to]);
}

/** The nodes that an edge hangs on, source first; the border of a container counts as the container. */
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

/** Pulls what is dragged onto the line or the column of a neighbour that it nearly stands on. */
export function snapBy({ layout }: Drawing, grip: Grip, by: Point): Point {
	const lead = layout.nodes.get(grip.ids[0] ?? "");
	if (!lead) return { x: Math.round(by.x), y: Math.round(by.y) };
	const others = [...layout.nodes.values()].filter(({ node }) => !grip.carried.has(node.id));
	return {
		x: Math.round(by.x + pull(lead.rect.x + by.x, others, ({ rect }) => rect.x)),
		y: Math.round(by.y + pull(lead.entry.y + by.y, others, ({ entry }) => entry.y)),
	};
}

const SNAP = 6;

function pull(at: number, others: readonly PlacedNode[], of: (placed: PlacedNode) => number): number {
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

/** Why what is held cannot land in a container; nothing when it can, or when it stays where it is. */
export function explainLanding(drawing: Drawing, grip: Grip, parent: NodeId | undefined): Refusal | undefined {
	if ((parent ?? "") === grip.home) return undefined;
	return explainParent(drawing.graph.plan, { ids: grip.ids, parent }, catalog);
}

/** Lets go: everything at its new place, in the container that it lies in now. Frames grow, and neighbours make way. */
export function letGo(
	drawing: Drawing,
	grip: Grip,
	{ by, parent }: { by: Point; parent: NodeId | undefined },
): PlanEdit {
	return (plan) => {
		const { places } = dragBy(drawing, grip, by);
		const moved = new Map(grip.ids.flatMap((id) => (places.has(id) ? [[id, places.get(id) ?? by]] : [])));
		const settled = settlePlaces(plan, drawing.layout);
		const isRefused = explainLanding(drawing, grip, parent) !== undefined;
		const changed =
			isRefused || grip.ids.length === 0 ? settled : setParent(settled, { ids: grip.ids, parent }, catalog);
		const placed = makeWay(settlePlaces(changed, drawing.layout, moved), drawing.layout, grip.carried);
		return moveNotes(placed, grip.notes, by);
	};
}
