import type { Edge, Node } from "@xyflow/react";
import type { Trigger } from "@/server/plan/plan";
import { drawThread } from "./draw-thread";
import { contains, type Rect } from "./geometry";
import type { PlacedNode, PlanLayout } from "./lay-out-plan";
import { type PlanThread, TRIGGER_ID } from "./link-threads";

export type StepFlowNode = Node<{ placed: PlacedNode }, "step">;
export type ContainerFlowNode = Node<{ placed: PlacedNode }, "container">;
export type TriggerFlowNode = Node<{ triggers: Trigger[]; inputs: number }, "trigger">;
export type NoteFlowNode = Node<{ text: string }, "note">;
type FlowNode = StepFlowNode | ContainerFlowNode | TriggerFlowNode | NoteFlowNode;
export type ThreadFlowEdge = Edge<{ path: string; under: string }, "thread">;

export interface FlowElements {
	nodes: FlowNode[];
	edges: ThreadFlowEdge[];
}

/** Containers lie at the back, outermost first; threads run over them; steps stand on top. */
const LAYER = { container: 0, thread: 10, step: 20 } as const;

/** The drawing as React Flow takes it. It stays the same through a run: states come from the canvas store. */
export function toFlow(
	layout: PlanLayout,
	threads: readonly PlanThread[],
	plan: { triggers: Trigger[]; inputs: readonly unknown[] },
): FlowElements {
	const trigger: TriggerFlowNode = {
		...box(TRIGGER_ID, layout.trigger.rect, LAYER.step),
		type: "trigger",
		data: { triggers: plan.triggers, inputs: plan.inputs.length },
	};
	const notes = layout.notes.map(
		({ id, text, rect }): NoteFlowNode => ({ ...box(`~note-${id}`, rect, LAYER.step), type: "note", data: { text } }),
	);
	return {
		nodes: [trigger, ...[...layout.nodes.values()].map((placed) => toNode(placed, layout)), ...notes],
		edges: threads.map(toEdge),
	};
}

function toNode(placed: PlacedNode, layout: PlanLayout): StepFlowNode | ContainerFlowNode {
	const { node, look, rect } = placed;
	if (!look.container) return { ...box(node.id, rect, LAYER.step), type: "step", data: { placed } };
	const depth = [...layout.nodes.values()].filter((other) => other !== placed && contains(other.rect, rect)).length;
	return { ...box(node.id, rect, LAYER.container + depth), type: "container", data: { placed } };
}

function box(id: string, rect: Rect, zIndex: number) {
	const { x, y, width, height } = rect;
	return { id, position: { x, y }, width, height, zIndex };
}

function toEdge(thread: PlanThread): ThreadFlowEdge {
	return {
		id: thread.id,
		type: "thread",
		...endsOf(thread),
		zIndex: LAYER.thread,
		focusable: false,
		selectable: false,
		data: { path: drawThread(thread.points), under: underStrokes(thread) },
	};
}

function endsOf(thread: PlanThread) {
	switch (thread.kind) {
		case "start":
			return { source: TRIGGER_ID, sourceHandle: "out", target: thread.to, targetHandle: "in" };
		case "edge":
			return { source: thread.from, sourceHandle: thread.port, target: thread.to, targetHandle: "in" };
		case "enter":
			return { source: thread.container, sourceHandle: "body", target: thread.to, targetHandle: "in" };
		case "leave":
			return { source: thread.from, sourceHandle: thread.port, target: thread.container, targetHandle: "end" };
	}
}

/** Short strokes in the canvas's colour that let a later thread pass over the earlier ones. */
function underStrokes(thread: PlanThread): string {
	const reach = 7;
	return thread.crossings
		.map(({ at: { x, y }, level }) =>
			level ? `M${x - reach},${y} L${x + reach},${y}` : `M${x},${y - reach} L${x},${y + reach}`,
		)
		.join(" ");
}
