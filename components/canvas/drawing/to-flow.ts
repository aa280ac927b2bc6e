import { type Edge, type Node, type NodeHandle, Position } from "@xyflow/react";
import type { Trigger } from "@/server/triggers/catalog";
import type { DrawnEdge } from "./drawn-edges";
import { TRIGGER_ID } from "./edge-ends";
import { edgePath, trimEdge } from "./edge-path";
import { segmentsOf } from "./find-crossings";
import { CONTAINER_BASELINE, contains, NODE, type Point, type Rect } from "./geometry";
import type { NodeLayout, PlanLayout } from "./lay-out-plan";

export type StepFlowNode = Node<{ nodeLayout: NodeLayout }, "step">;
export type ContainerFlowNode = Node<{ nodeLayout: NodeLayout }, "container">;
export type TriggerFlowNode = Node<{ triggers: Trigger[]; inputs: number }, "trigger">;
export type NoteFlowNode = Node<{ text: string }, "note">;
export type FlowNode = StepFlowNode | ContainerFlowNode | TriggerFlowNode | NoteFlowNode;
export type FlowEdge = Edge<EdgeData, "plan">;

/** A type and no interface, since React Flow wants to index it. */
type EdgeData = {
	path: string;
	under: string;
	/** Where the pointer takes it: not on the handles at its ends, which lie below it on a container. */
	hit: string;
	middle: Point;
};

export interface FlowElements {
	nodes: FlowNode[];
	edges: FlowEdge[];
}

export const TRIGGER_HANDLES = [handle("out", "source", { x: NODE.width, y: NODE.handleY })];

/** Containers lie at the back, outermost first; edges run over them; steps stand on top. */
const LAYER = { container: 0, edge: 10, step: 20 } as const;

/** The drawing as React Flow takes it. It stays the same through a run: states come from the canvas store. */
export function toFlow(
	layout: PlanLayout,
	edges: readonly DrawnEdge[],
	plan: { triggers: Trigger[]; inputs: readonly unknown[] },
): FlowElements {
	const trigger: TriggerFlowNode = {
		...box(TRIGGER_ID, layout.trigger.rect, LAYER.step),
		type: "trigger",
		draggable: false,
		selectable: false,
		handles: TRIGGER_HANDLES,
		data: { triggers: plan.triggers, inputs: plan.inputs.length },
	};
	const notes = layout.notes.map(
		({ id, text, rect }): NoteFlowNode => ({ ...box(`~note-${id}`, rect, LAYER.step), type: "note", data: { text } }),
	);
	return {
		nodes: [trigger, ...[...layout.nodes.values()].map((nodeLayout) => toNode(nodeLayout, layout)), ...notes],
		edges: edges.map(toFlowEdge),
	};
}

function toNode(nodeLayout: NodeLayout, layout: PlanLayout): StepFlowNode | ContainerFlowNode {
	const { node, look, rect } = nodeLayout;
	const handles = handlesOf(nodeLayout);
	if (!look.container) return { ...box(node.id, rect, LAYER.step), type: "step", handles, data: { nodeLayout } };
	const depth = [...layout.nodes.values()].filter((other) => other !== nodeLayout && contains(other.rect, rect)).length;
	return { ...box(node.id, rect, LAYER.container + depth), type: "container", handles, data: { nodeLayout } };
}

/** Where edges begin and end, told to React Flow so that it need not measure what is out of view. */
export function handlesOf({ look, rect, entry, ports }: NodeLayout): NodeHandle[] {
	const exits = ports.map(({ name, x, y }) => handle(name, "source", { x: x - rect.x, y: y - rect.y }));
	const inner: NodeHandle[] = look.container
		? [
				handle("body", "source", { x: 0, y: CONTAINER_BASELINE }),
				handle("end", "target", { x: rect.width, y: CONTAINER_BASELINE }),
			]
		: [];
	return [handle("in", "target", { x: 0, y: entry.y - rect.y }), ...exits, ...inner];
}

function handle(id: string, type: NodeHandle["type"], { x, y }: Point): NodeHandle {
	const position = x === 0 ? Position.Left : Position.Right;
	return { id, type, position, x, y, width: 0, height: 0 };
}

function box(id: string, rect: Rect, zIndex: number) {
	const { x, y, width, height } = rect;
	return { id, position: { x, y }, width, height, measured: { width, height }, zIndex };
}

/** Half of the square in which a handle takes the pointer. */
const HANDLE_REACH = 12;

function toFlowEdge(edge: DrawnEdge): FlowEdge {
	return {
		id: edge.id,
		type: "plan",
		...endsOf(edge),
		zIndex: LAYER.edge,
		focusable: false,
		selectable: edge.kind === "edge",
		// Left open for edges of the plan: the canvas says whether any can be reconnected.
		...(edge.kind !== "edge" && { reconnectable: false }),
		data: {
			path: edgePath(edge.points),
			under: underStrokes(edge),
			hit: edgePath(trimEdge(edge.points, HANDLE_REACH)),
			middle: middleOf(edge.points),
		},
	};
}

function endsOf(edge: DrawnEdge) {
	switch (edge.kind) {
		case "start":
			return { source: TRIGGER_ID, sourceHandle: "out", target: edge.to, targetHandle: "in" };
		case "edge":
			return { source: edge.from, sourceHandle: edge.port, target: edge.to, targetHandle: "in" };
		case "enter":
			return { source: edge.container, sourceHandle: "body", target: edge.to, targetHandle: "in" };
		case "leave":
			return { source: edge.from, sourceHandle: edge.port, target: edge.container, targetHandle: "end" };
	}
}

/** Half-way along an edge, where its + stands. */
export function middleOf(points: readonly Point[]): Point {
	const lengths = segmentsOf(points).map(([a, b]) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y));
	let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
	for (const [i, [a, b]] of segmentsOf(points).entries()) {
		const length = lengths[i] ?? 0;
		if (left <= length && length > 0) {
			return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
		}
		left -= length;
	}
	return points[0] ?? { x: 0, y: 0 };
}

/** Short strokes in the canvas's colour that let a later edge pass over the earlier ones. */
function underStrokes(edge: DrawnEdge): string {
	const reach = 7;
	return edge.crossings
		.map(({ at: { x, y }, level }) =>
			level ? `M${x - reach},${y} L${x + reach},${y}` : `M${x},${y - reach} L${x},${y + reach}`,
		)
		.join(" ");
}
