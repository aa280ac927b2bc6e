"use client";

import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type RefObject, useCallback } from "react";
import type { Point } from "@/components/canvas/geometry";
import { type Direction, nextInDirection } from "@/components/canvas/walk-edges";
import { moveNodes, swapNodes } from "@/server/plan/edits/move-nodes";
import type { NodeId } from "@/server/plan/plan";
import { placeBehind } from "../insert/insert-step";
import { focusFirstField } from "../inspector/focus-field";
import { settlePlaces } from "../moving/settle-places";
import { useWorkbench, type Workbench } from "../workbench";
import { currentNodes, type ShowNode, useShowNode } from "./show-node";

const DIRECTIONS: Readonly<Record<string, Direction>> = {
	ArrowRight: "right",
	ArrowLeft: "left",
	ArrowDown: "down",
	ArrowUp: "up",
};
const STEPS = { right: { x: 20, y: 0 }, left: { x: -20, y: 0 }, down: { x: 0, y: 20 }, up: { x: 0, y: -20 } } as const;

/**
 * Keys on the canvas itself: arrows move the focus along the edges; with Alt they move what is selected, with Alt and
 * Shift they let a step change places with its neighbour; Tab on a selected step asks for the next one; Escape lets go.
 */
export function useCanvasFocus(frame: RefObject<HTMLElement | null>) {
	const bench = useWorkbench();
	const show = useShowNode();
	const { flowToScreenPosition } = useReactFlow();
	return useCallback(
		(event: KeyboardEvent<HTMLElement>) => {
			if (event.defaultPrevented || event.metaKey || event.ctrlKey) return;
			const on = event.target instanceof HTMLElement ? event.target.dataset.node : undefined;
			if (on === undefined && event.target !== frame.current) return;
			const direction = DIRECTIONS[event.key];
			if (direction !== undefined) walk({ bench, show, on }, direction, event);
			else if (event.key === "Escape") letGo(bench, frame.current);
			else if (event.key === "Tab" && !event.shiftKey && on !== undefined)
				askForNext({ bench, on, toScreen: flowToScreenPosition }, event);
			else if (event.key === "Enter" && on !== undefined && !event.shiftKey) openInspector(bench, on, event);
		},
		[bench, show, frame, flowToScreenPosition],
	);
}

interface Walk {
	bench: Workbench;
	show: ShowNode;
	on: NodeId | undefined;
}

function walk({ bench, show, on }: Walk, direction: Direction, event: KeyboardEvent): void {
	event.preventDefault();
	if (event.altKey && event.shiftKey) swap({ bench, show, on }, direction);
	else if (event.altKey) nudge(bench, direction);
	else step({ bench, show, on }, direction);
}

function step({ bench, show, on }: Walk, direction: Direction): void {
	const { drawing } = bench.state.getState();
	const selected = bench.editor.getState().selection.nodes[0];
	const first = selected ?? [...drawing.layout.nodes.keys()][0];
	const next = on === undefined ? first : nextInDirection(drawing, on, direction);
	if (next !== undefined) show(next);
}

function nudge(bench: Workbench, direction: Direction): void {
	const { drawing } = bench.state.getState();
	const ids = currentNodes(bench);
	const isMoved = bench.editor
		.getState()
		.apply("Move", (plan) => moveNodes(settlePlaces(plan, drawing.layout), ids, STEPS[direction]), {
			coalesce: `nudge ${ids.join()}`,
		});
	if (isMoved) bench.say(`Moved ${direction}.`);
}

function swap({ bench, show, on }: Walk, direction: Direction): void {
	const { drawing } = bench.state.getState();
	const other = on === undefined ? undefined : nextInDirection(drawing, on, direction);
	if (on === undefined || other === undefined) return;
	const isSwapped = bench.editor
		.getState()
		.apply("Swap steps", (plan) => swapNodes(settlePlaces(plan, drawing.layout), [on, other]));
	if (!isSwapped) {
		bench.say("These two are not in the same container.");
		return;
	}
	bench.say(`Changed places with ${drawing.graph.nodes.get(other)?.name ?? other}.`);
	show(on);
}

function letGo({ editor, state }: Workbench, frame: HTMLElement | null): void {
	const { selection, select } = editor.getState();
	const isEmpty = selection.nodes.length + selection.edges.length + selection.notes.length === 0;
	if (isEmpty) frame?.focus();
	select({});
	state.setState({ meeting: null });
}

interface Asking {
	bench: Workbench;
	on: NodeId;
	toScreen: (point: Point) => Point;
}

function askForNext({ bench: { editor, state }, on, toScreen }: Asking, event: KeyboardEvent): void {
	if (!editor.getState().selection.nodes.includes(on)) return;
	const { drawing } = state.getState();
	const rect = drawing.layout.nodes.get(on)?.rect;
	const place = placeBehind(drawing, on);
	if (!rect || !place) return;
	event.preventDefault();
	state.setState({ picking: { place, at: toScreen({ x: rect.x + rect.width + 12, y: rect.y }) } });
}

/** Enter on a step that is selected already leads into its settings. */
function openInspector({ editor }: Workbench, on: NodeId, event: KeyboardEvent): void {
	const { nodes } = editor.getState().selection;
	if (nodes.length !== 1 || nodes[0] !== on) return;
	if (!focusFirstField()) return;
	event.preventDefault();
}
