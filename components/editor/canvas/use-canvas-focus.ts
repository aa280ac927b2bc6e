"use client";

import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type RefObject, useCallback } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { type Direction, nextInDirection } from "@/components/canvas/drawing/walk-edges";
import { moveNodes, swapNodes } from "@/server/plan/edits/move-nodes";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { type EditorSession, useEditorSession } from "../editor-session";
import { placeAfter } from "../insert/insert-step";
import { focusFirstField } from "../inspector/focus-field";
import { writePositions } from "../moving/write-positions";
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
	const session = useEditorSession();
	const show = useShowNode();
	const { flowToScreenPosition } = useReactFlow();
	return useCallback(
		(event: KeyboardEvent<HTMLElement>) => {
			if (event.defaultPrevented || event.metaKey || event.ctrlKey) return;
			const on = event.target instanceof HTMLElement ? event.target.dataset.node : undefined;
			if (on === undefined && event.target !== frame.current) return;
			const direction = DIRECTIONS[event.key];
			if (direction !== undefined) walk({ session, show, on }, direction, event);
			else if (event.key === "Escape") clearSelection(session, frame.current);
			else if (event.key === "Tab" && !event.shiftKey && on !== undefined)
				openInsertPicker({ session, on, toScreen: flowToScreenPosition }, event);
			else if (event.key === "Enter" && on !== undefined && !event.shiftKey) openInspector(session, on, event);
		},
		[session, show, frame, flowToScreenPosition],
	);
}

interface Walk {
	session: EditorSession;
	show: ShowNode;
	on: NodeId | undefined;
}

function walk({ session, show, on }: Walk, direction: Direction, event: KeyboardEvent): void {
	event.preventDefault();
	if (event.altKey && event.shiftKey) swap({ session, show, on }, direction);
	else if (event.altKey) nudge(session, direction);
	else step({ session, show, on }, direction);
}

function step({ session, show, on }: Walk, direction: Direction): void {
	const { drawing } = session.state.getState();
	const selected = session.editor.getState().selection.nodes[0];
	const first = selected ?? [...drawing.layout.nodes.keys()][0];
	const next = on === undefined ? first : nextInDirection(drawing, on, direction);
	if (next !== undefined) show(next);
}

function nudge(session: EditorSession, direction: Direction): void {
	const { drawing } = session.state.getState();
	const ids = currentNodes(session);
	const isMoved = session.editor
		.getState()
		.apply("Move", (plan) => moveNodes(writePositions(plan, drawing.layout), ids, STEPS[direction]), {
			coalesce: `nudge ${ids.join()}`,
		});
	if (isMoved) session.announce(`Moved ${direction}.`);
}

function swap({ session, show, on }: Walk, direction: Direction): void {
	const { drawing } = session.state.getState();
	const other = on === undefined ? undefined : nextInDirection(drawing, on, direction);
	if (on === undefined || other === undefined) return;
	const isSwapped = session.editor
		.getState()
		.apply("Swap steps", (plan) => swapNodes(writePositions(plan, drawing.layout), [on, other]));
	if (!isSwapped) {
		session.announce("These two are not in the same container.");
		return;
	}
	session.announce(`Changed places with ${nameOfNode(drawing.graph, other)}.`);
	show(on);
}

function clearSelection({ editor, state }: EditorSession, frame: HTMLElement | null): void {
	const { selection, select } = editor.getState();
	const isEmpty = selection.nodes.length + selection.edges.length + selection.notes.length === 0;
	if (isEmpty) frame?.focus();
	select({});
	state.setState({ meeting: null });
}

interface PickerContext {
	session: EditorSession;
	on: NodeId;
	toScreen: (point: Point) => Point;
}

function openInsertPicker({ session: { editor, state }, on, toScreen }: PickerContext, event: KeyboardEvent): void {
	if (!editor.getState().selection.nodes.includes(on)) return;
	const { drawing } = state.getState();
	const rect = drawing.layout.nodes.get(on)?.rect;
	const place = placeAfter(drawing, on);
	if (!rect || !place) return;
	event.preventDefault();
	state.setState({ picking: { place, at: toScreen({ x: rect.x + rect.width + 12, y: rect.y }) } });
}

/** Enter on a step that is selected already leads into its settings. */
function openInspector({ editor }: EditorSession, on: NodeId, event: KeyboardEvent): void {
	const { nodes } = editor.getState().selection;
	if (nodes.length !== 1 || nodes[0] !== on) return;
	if (!focusFirstField()) return;
	event.preventDefault();
}
