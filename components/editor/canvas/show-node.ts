"use client";

import { type ReactFlowInstance, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import type { Rect, Size } from "@/components/canvas/drawing/geometry";
import { motion } from "@/components/canvas/motion";
import { enclosingContainers, indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { ActionTarget } from "../actions/action";
import { type EditorSession, useEditorSession } from "../editor-session";

/** Frames to wait for a node that has just been added, or that comes into view. */
const MAX_FRAMES = 30;

/** Brings a step into view and, unless `focus` is false, gives it the focus. */
export type ShowNode = (id: NodeId, options?: { focus?: boolean }) => void;

export function useShowNode(): ShowNode {
	const session = useEditorSession();
	const flow = useReactFlow();
	const store = useStoreApi();
	return useCallback(
		(id, { focus = true } = {}) => {
			openAround(session, id);
			const rect = session.state.getState().drawing.layout.nodes.get(id)?.rect;
			const { width, height } = store.getState();
			if (rect) bringIntoSight(rect, flow, { width, height });
			if (focus) focusSoon(store.getState().domNode, id, MAX_FRAMES);
		},
		[session, flow, store],
	);
}

/** A step inside a closed container is shown by opening that. */
function openAround(session: EditorSession, id: NodeId): void {
	const { plan } = session.editor.getState();
	for (const container of enclosingContainers(indexPlan(plan), id)) {
		if (session.state.getState().collapsed.has(container.id)) session.toggle(container.id);
	}
}

/** Moves the view no further than it must. */
function bringIntoSight(rect: Rect, flow: ReactFlowInstance, frame: Size): void {
	const view = flow.getViewport();
	const by = {
		x: pushInto(rect.x * view.zoom + view.x, rect.width * view.zoom, frame.width),
		y: pushInto(rect.y * view.zoom + view.y, rect.height * view.zoom, frame.height),
	};
	if (by.x === 0 && by.y === 0) return;
	void flow.setViewport({ ...view, x: view.x + by.x, y: view.y + by.y }, motion(140));
}

const MARGIN = 56;

function pushInto(start: number, size: number, room: number): number {
	if (start < MARGIN || size > room - 2 * MARGIN) return MARGIN - start;
	return Math.min(0, room - MARGIN - start - size);
}

function focusSoon(frame: HTMLElement | null, id: NodeId, frames: number): void {
	const button = frame?.querySelector<HTMLElement>(`[data-node="${id}"]`);
	button?.focus({ preventScroll: true });
	if (button) requestAnimationFrame(() => keepFocus(frame, id));
	else if (frames > 0) requestAnimationFrame(() => focusSoon(frame, id, frames - 1));
}

/** A step that is drawn in another way (a container that opens) is another element: the focus goes over to that. */
function keepFocus(frame: HTMLElement | null, id: NodeId): void {
	if (document.activeElement !== document.body) return;
	frame?.querySelector<HTMLElement>(`[data-node="${id}"]`)?.focus({ preventScroll: true });
}

/** The step that an action means: its target, the one with the focus, or the only one that is selected. Undefined if it is not drawn. */
export function currentNode({ editor, state }: EditorSession, target?: ActionTarget): NodeId | undefined {
	const nodes = target?.nodes ?? editor.getState().selection.nodes;
	const focused = target?.nodes ? undefined : focusedNode();
	const id = focused ?? (nodes.length === 1 ? nodes[0] : undefined);
	return id !== undefined && state.getState().drawing.layout.nodes.has(id) ? id : undefined;
}

export function focusedNode(): NodeId | undefined {
	return document.activeElement instanceof HTMLElement ? document.activeElement.dataset.node : undefined;
}

/** The steps that an action means: its target, all that are selected when the focus is among them or elsewhere, or the focused one. */
export function currentNodes(session: EditorSession, target?: ActionTarget): readonly NodeId[] {
	if (target?.nodes) return target.nodes;
	const focused = focusedNode();
	const { nodes } = session.editor.getState().selection;
	return focused === undefined || nodes.includes(focused) ? nodes : [focused];
}
