import type { InsertPlace } from "@/components/canvas/canvas-store";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import type { DrawnEdge } from "@/components/canvas/drawing/drawn-edges";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { CONTAINER, NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import { addConnectedNode, addNode, insertNodeOnEdge, type NewNode } from "@/server/plan/edits/add-node";
import { connect } from "@/server/plan/edits/connect";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { PlanEdit } from "@/server/plan/edits/plan-edit";
import { portsOfNode } from "@/server/plan/graph/ports-of-node";
import type { NodeId, Plan } from "@/server/plan/plan";
import { findFollowers, findPushed, pushableOf } from "../moving/find-pushed";
import { writePositions } from "../moving/write-positions";
import { makeRoom } from "./make-room";
import { findFreeRect, newStepSize, occupiedRects } from "./step-size";

/** Where a new step comes to stand, and what it is connected with. */
export type StepPlace =
	| (InsertPlace & {
			/** Where a connection was dropped: the new step's entry. */
			at?: Point;
	  })
	/** On the canvas or in a container; the point is its corner. */
	| { kind: "at"; at: Point; parent?: NodeId | undefined };

interface Insertion {
	/** The desired place of the step's entry. */
	entry: Point;
	/** The container around it; "" at the top. */
	level: NodeId;
	/** What moves right to make room, and how far. */
	shifted?: { ids: Iterable<NodeId>; by: number };
	add(plan: Plan, node: Omit<NewNode, "parent">): Plan;
}

/** Adds a step at a place of the drawing, connected as the place says. Later steps and frames make room. */
export function insertStep(drawing: Drawing, place: StepPlace, node: Omit<NewNode, "position" | "parent">): PlanEdit {
	return (plan) => {
		const size = newStepSize(node.type);
		const insertion = insertionAt(drawing, place, node.type);
		if (!insertion) return plan;
		const settled = writePositions(plan, drawing.layout);
		const added = insertion.add(settled, { ...node, position: { x: 0, y: 0 } });
		const id = added === settled ? undefined : added.nodes.at(-1)?.id;
		if (id === undefined) return plan;
		const moved = shift(drawing, insertion.shifted);
		const others = occupiedRects(drawing.layout, insertion.level, moved);
		const desired: Rect = {
			x: insertion.entry.x,
			y: insertion.entry.y - size.baseline,
			width: size.width,
			height: size.height,
		};
		moved.set(id, findFreeRect(desired, others));
		return makeRoom(writePositions(added, drawing.layout, moved), drawing.layout);
	};
}

function insertionAt(drawing: Drawing, place: StepPlace, type: string): Insertion | undefined {
	switch (place.kind) {
		case "at": {
			const { at, parent } = place;
			const entry = { x: at.x, y: at.y + newStepSize(type).baseline };
			return { entry, level: parent ?? "", add: (plan, node) => addNode(plan, { ...node, parent }, catalog) };
		}
		case "first":
			return firstInside(drawing, place.parent);
		case "after":
			return after(drawing, place);
		case "edge": {
			const edge = drawing.edges.find(({ id }) => id === place.edge);
			return edge && onEdge(drawing, edge, type);
		}
	}
}

function firstInside({ layout }: Drawing, parent: NodeId): Insertion | undefined {
	const frame = layout.nodes.get(parent);
	if (!frame) return undefined;
	return {
		entry: { x: frame.rect.x + CONTAINER.padX, y: frame.entry.y },
		level: parent,
		add: (plan, node) => addNode(plan, { ...node, parent }, catalog),
	};
}

function after({ layout }: Drawing, { from, port, at }: Extract<StepPlace, { kind: "after" }>): Insertion | undefined {
	if (from === TRIGGER_ID) {
		const { exit } = layout.trigger;
		const entry = at ?? { x: exit.x + NODE.gapX, y: exit.y };
		return { entry, level: "", add: (plan, node) => addNode(plan, node, catalog) };
	}
	const source = layout.nodes.get(from);
	if (!source) return undefined;
	const exit = source.ports.find(({ name }) => name === port) ?? source.ports[0] ?? source.entry;
	return {
		entry: at ?? {
			x: source.rect.x + source.rect.width + NODE.gapX,
			y: source.look.container ? source.entry.y : exit.y,
		},
		level: source.level,
		add: (plan, node) => addConnectedNode(plan, { from, port, node }, catalog),
	};
}

/** On the line of what follows, which moves right by a column with all that comes after it there. */
function onEdge(drawing: Drawing, edge: DrawnEdge, type: string): Insertion {
	const [from = { x: 0, y: 0 }] = edge.points;
	const to = edge.points.at(-1) ?? from;
	const { width } = newStepSize(type);
	const gap = edge.kind === "enter" ? CONTAINER.padX : NODE.gapX;
	const goesOn = to.x > from.x;
	const entry = { x: from.x + gap, y: goesOn && edge.kind !== "leave" ? to.y : from.y };
	const missing = entry.x + width + NODE.gapX - to.x;
	const follows = edge.kind !== "leave" && goesOn && missing > 0;
	const level = levelOf(drawing, edge);
	return {
		entry,
		level,
		...(follows && { shifted: { ids: findShifted(drawing, { level, first: edge.to, by: missing }), by: missing } }),
		add: (plan, node) => addOnEdge(plan, edge, node),
	};
}

function levelOf({ layout }: Drawing, edge: DrawnEdge): NodeId {
	switch (edge.kind) {
		case "start":
			return "";
		case "enter":
		case "leave":
			return edge.container;
		case "edge":
			return layout.nodes.get(edge.from)?.level ?? "";
	}
}

function addOnEdge(plan: Plan, edge: DrawnEdge, node: Omit<NewNode, "parent">): Plan {
	switch (edge.kind) {
		case "edge":
			return insertNodeOnEdge(plan, { edge: edgeKey(edge), node }, catalog);
		case "leave":
			return addConnectedNode(plan, { from: edge.from, port: edge.port, node }, catalog);
		case "start":
		case "enter": {
			const parent = edge.kind === "enter" ? edge.container : undefined;
			const after = addNode(plan, { ...node, parent }, catalog);
			const added = after === plan ? undefined : after.nodes.at(-1);
			if (!added) return plan;
			const [port = "out"] = portsOfNode(added, definitionOf(added.type));
			return connect(after, { from: added.id, port, to: edge.to }, catalog);
		}
	}
}

/** A step, what follows it to its right, and what they would come to cover. */
function findShifted(
	{ graph, layout }: Drawing,
	{ level, first, by }: { level: NodeId; first: NodeId; by: number },
): Iterable<NodeId> {
	const pushable = pushableOf(
		graph,
		[...layout.nodes.values()].filter((nodeLayout) => nodeLayout.level === level),
	);
	const edge = layout.nodes.get(first)?.rect.x ?? 0;
	return findPushed(pushable, findFollowers(pushable, { first: [first], edge }), by);
}

function shift({ layout }: Drawing, shifted: Insertion["shifted"]): Map<NodeId, Point> {
	const by = shifted ? Math.max(shifted.by, 0) : 0;
	const places = [...(shifted?.ids ?? [])].flatMap((id): [NodeId, Point][] => {
		const rect = layout.nodes.get(id)?.rect;
		return rect ? [[id, { x: rect.x + by, y: rect.y }]] : [];
	});
	return new Map(places);
}

/** Where a step goes that is added without pointing anywhere: behind the chosen one, or one column on from the last. */
export function placeAfter(drawing: Drawing, chosen: NodeId | undefined): StepPlace | undefined {
	const source = chosen === undefined ? undefined : drawing.layout.nodes.get(chosen);
	if (!source) return undefined;
	const taken = new Set((drawing.graph.nodes.get(source.node.id)?.outgoing ?? []).map(({ port }) => port));
	const port = source.ports.find(({ name }) => !taken.has(name)) ?? source.ports[0];
	return { kind: "after", from: source.node.id, port: port?.name ?? "out" };
}
