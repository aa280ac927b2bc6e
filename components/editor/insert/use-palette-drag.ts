"use client";

import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { type PointerEvent, useRef, useState } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { catalog, type NodeType } from "@/server/nodes/catalog";
import { explainAddition } from "@/server/plan/edits/add-node";
import { bodyOf, nameOfNode } from "@/server/plan/graph/index-plan";
import { cancelOnEscape } from "../canvas/cancel-on-escape";
import { containerAt, edgeAt } from "../canvas/hit-test";
import { type EditorSession, useEditorSession } from "../editor-session";
import { addStep } from "./add-step";
import type { StepPlace } from "./insert-step";
import { useShowAdded } from "./use-show-added";

/** A step on its way from the palette to the canvas. */
export interface Ghost {
	type: NodeType;
	/** On the screen. */
	at: Point;
	zoom: number;
	/** What letting go here would do. */
	hint: string;
}

const THRESHOLD = 4;
/** How near to an edge, on the screen, a step goes into it. */
const EDGE_REACH = 24;

/** Dragging a type of step out of the palette: onto an edge, into a container, or onto the canvas. */
export function usePaletteDrag(type: NodeType) {
	const session = useEditorSession();
	const show = useShowAdded();
	const flow = useReactFlow();
	const start = useRef<Point | null>(null);
	const dragged = useRef(false);
	const [ghost, setGhost] = useState<Ghost | null>(null);
	const unlisten = useRef(() => {});
	const end = () => {
		unlisten.current();
		start.current = null;
		setGhost(null);
		highlight(session, undefined);
	};
	const handlers = {
		onPointerDown: ({ button, clientX, clientY, currentTarget, pointerId }: PointerEvent<HTMLElement>) => {
			dragged.current = false;
			if (button !== 0) return;
			start.current = { x: clientX, y: clientY };
			// At once: a quick hand has left the row before it is heard moving.
			currentTarget.setPointerCapture(pointerId);
		},
		onPointerMove: (event: PointerEvent<HTMLElement>) => {
			const at = { x: event.clientX, y: event.clientY };
			if (!start.current || !(dragged.current || isFar(start.current, at))) return;
			if (!dragged.current) unlisten.current = cancelOnEscape(end);
			dragged.current = true;
			const target = findTarget(session, type, { flow, at });
			highlight(session, target);
			setGhost({ type, at, zoom: flow.getZoom(), hint: target?.hint ?? "not here" });
		},
		onPointerUp: ({ clientX, clientY }: PointerEvent) => {
			const at = { x: clientX, y: clientY };
			const isDrop = start.current !== null && dragged.current;
			const target = isDrop ? findTarget(session, type, { flow, at }) : undefined;
			end();
			if (target) drop({ session, show }, type, target);
		},
		onPointerCancel: end,
		onKeyDown: () => {
			dragged.current = false;
		},
	};
	/** Whether the click that is heard now is the end of a drag, which has added the step already. */
	const wasDragged = () => dragged.current;
	return { ghost, handlers, wasDragged };
}

function isFar(from: Point, to: Point): boolean {
	return Math.hypot(to.x - from.x, to.y - from.y) >= THRESHOLD;
}

interface Target {
	place: StepPlace;
	hint: string;
	edge?: string | undefined;
	container?: string | undefined;
}

/** @param at on the screen. */
function findTarget(
	{ state }: EditorSession,
	type: NodeType,
	{ flow, at: client }: { flow: ReactFlowInstance; at: Point },
): Target | undefined {
	if (!document.elementFromPoint(client.x, client.y)?.closest(".weft-canvas")) return undefined;
	const at = flow.screenToFlowPosition(client);
	const { drawing } = state.getState();
	const { plan } = drawing.graph;
	const near = edgeAt(drawing, at, EDGE_REACH / flow.getZoom());
	if (near) return { place: { kind: "edge", edge: near.id }, hint: "drop to insert", edge: near.id };
	const into = containerAt(drawing, at);
	const refusal = explainAddition(plan, { type, ...(into !== undefined && { parent: into }) }, catalog);
	if (refusal) return undefined;
	const corner = { x: at.x + GHOST_OFFSET, y: at.y + GHOST_OFFSET };
	if (into === undefined) return { place: { kind: "at", at: corner }, hint: "drop to add" };
	const isEmpty = bodyOf(drawing.graph, into).length === 0;
	const place: StepPlace = isEmpty ? { kind: "first", parent: into } : { kind: "at", at: corner, parent: into };
	return { place, hint: `into ${nameOfNode(drawing.graph, into)}`, container: into };
}

/** The ghost hangs a little below the pointer, so that the edge under it stays in view. */
export const GHOST_OFFSET = 10;

function highlight({ canvas }: EditorSession, target: Target | undefined): void {
	const targetEdge = target?.edge ?? null;
	const targetContainer = target?.container ?? null;
	const { edit } = canvas.getState();
	if (!edit || (edit.targetEdge === targetEdge && edit.targetContainer === targetContainer)) return;
	canvas.setState({ edit: { ...edit, targetEdge, targetContainer } });
}

function drop(
	{ session, show }: { session: EditorSession; show: ReturnType<typeof useShowAdded> },
	type: NodeType,
	{ place }: Target,
): void {
	const added = addStep(session, place, { type });
	if (added !== undefined) show(added);
}
