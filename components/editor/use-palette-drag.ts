"use client";

import { useReactFlow } from "@xyflow/react";
import { type PointerEvent, useRef, useState } from "react";
import type { Point } from "@/components/canvas/geometry";
import type { NodeType } from "@/server/nodes/catalog";
import { catalog } from "@/server/nodes/catalog";
import { explainAddition } from "@/server/plan/edits/add-node";
import { addStep } from "./add-step";
import { containerAt, threadAt } from "./hit-test";
import type { StepPlace } from "./insert-step";
import { type ShowNode, useShowNode } from "./show-node";
import { useWorkbench, type Workbench } from "./workbench";

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
/** How near to a thread, on the screen, a step goes into it. */
const THREAD_REACH = 24;

/** Dragging a step out of the palette: onto a thread, into a container, or onto the canvas. */
export function usePaletteDrag() {
	const bench = useWorkbench();
	const show = useShowNode();
	const flow = useReactFlow();
	const start = useRef<Point | null>(null);
	const [ghost, setGhost] = useState<Ghost | null>(null);
	const target = (event: PointerEvent, type: NodeType) => {
		const at = { x: event.clientX, y: event.clientY };
		if (!document.elementFromPoint(at.x, at.y)?.closest(".weft-canvas")) return undefined;
		return findTarget(bench, type, { at: flow.screenToFlowPosition(at), zoom: flow.getZoom() });
	};
	const end = () => {
		start.current = null;
		setGhost(null);
		light(bench, undefined);
	};
	return {
		ghost,
		/** True when a drag has just ended, so that the click that follows it adds nothing. */
		dragged: useRef(false),
		handlersFor: (type: NodeType, dragged: { current: boolean }) => ({
			onPointerDown: (event: PointerEvent<HTMLElement>) => {
				if (event.button !== 0) return;
				start.current = { x: event.clientX, y: event.clientY };
				dragged.current = false;
			},
			onPointerMove: (event: PointerEvent<HTMLElement>) => {
				const from = start.current;
				if (!from) return;
				const far = Math.hypot(event.clientX - from.x, event.clientY - from.y);
				if (!dragged.current && far < THRESHOLD) return;
				if (!dragged.current) event.currentTarget.setPointerCapture(event.pointerId);
				dragged.current = true;
				const found = target(event, type);
				light(bench, found);
				const at = { x: event.clientX, y: event.clientY };
				setGhost({ type, at, zoom: flow.getZoom(), hint: found?.hint ?? "drop it on the canvas" });
			},
			onPointerUp: (event: PointerEvent<HTMLElement>) => {
				const found = dragged.current ? target(event, type) : undefined;
				end();
				if (found) drop({ bench, show }, type, found);
			},
			onPointerCancel: end,
		}),
	};
}

interface Target {
	place: StepPlace;
	hint: string;
	thread?: string | undefined;
	into?: string | undefined;
}

function findTarget(
	{ state }: Workbench,
	type: NodeType,
	{ at, zoom }: { at: Point; zoom: number },
): Target | undefined {
	const { drawing } = state.getState();
	const { plan } = drawing.graph;
	const near = threadAt(drawing, at, THREAD_REACH / zoom);
	if (near) return { place: { kind: "thread", thread: near.id }, hint: "drop to insert", thread: near.id };
	const into = containerAt(drawing, at);
	const refusal = explainAddition(plan, { type, ...(into !== undefined && { parent: into }) }, catalog);
	if (refusal) return undefined;
	const corner = { x: at.x + GHOST_OFFSET, y: at.y + GHOST_OFFSET };
	const name = into === undefined ? undefined : drawing.graph.nodes.get(into)?.name;
	return { place: { kind: "at", at: corner, parent: into }, hint: name ? `into ${name}` : "drop to add", into };
}

/** The ghost hangs a little below the pointer, so that the thread under it stays in sight. */
export const GHOST_OFFSET = 10;

function light({ canvas }: Workbench, target: Target | undefined): void {
	const hot = target?.thread ?? null;
	const into = target?.into ?? null;
	const { edit } = canvas.getState();
	if (!edit || (edit.hot === hot && edit.into === into)) return;
	canvas.setState({ edit: { ...edit, hot, into } });
}

function drop({ bench, show }: { bench: Workbench; show: ShowNode }, type: NodeType, { place }: Target): void {
	const added = addStep(bench, place, { type });
	if (added !== undefined) show(added);
}
