"use client";

import { type OnNodeDrag, useReactFlow } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import type { Point } from "@/components/canvas/drawing/geometry";
import type { FlowNode } from "@/components/canvas/drawing/to-flow";
import { showDone } from "@/components/ui/toasts/toaster";
import { countOf } from "@/server/nodes/summary-text";
import type { NodeId } from "@/server/plan/plan";
import { cancelOnEscape } from "../canvas/cancel-on-escape";
import { containerAt } from "../canvas/hit-test";
import { type Moving, NOTE_PREFIX } from "../canvas/use-flow-elements";
import { type EditorSession, useEditorSession } from "../editor-session";
import { describeRelocation, lostConnections } from "./describe-relocation";
import { type DragState, dragBy, dragStateOf, dropSteps, explainLanding, snapBy } from "./drag-steps";

const NOT_MOVING: Moving = { places: new Map(), movedIds: new Set() };

interface ActiveDrag {
	drawing: Drawing;
	dragged: DragState;
	lead: string;
	start: Point;
	by: Point;
	parent: NodeId | undefined;
	unlisten: () => void;
}

/** Dragging steps and notes: their edges follow, the container that they would be dropped into is highlighted, the drop is one edit; Escape cancels. */
export function useDrag() {
	const session = useEditorSession();
	const { screenToFlowPosition } = useReactFlow();
	const [moving, setMoving] = useState(NOT_MOVING);
	const active = useRef<ActiveDrag | null>(null);
	const onNodeDragStart = useCallback<OnNodeDrag<FlowNode>>(
		(_event, lead, nodes) => {
			const unlisten = cancelOnEscape(() => {
				active.current = null;
				setMoving(NOT_MOVING);
				clearDropTarget(session);
			});
			active.current = { ...startDrag(session, lead, nodes), unlisten };
		},
		[session],
	);
	const onNodeDrag = useCallback<OnNodeDrag<FlowNode>>(
		(event, lead, nodes) => {
			const drag = active.current;
			if (!drag) return;
			const at = nodes.find(({ id }) => id === drag.lead) ?? lead;
			const pointer = screenToFlowPosition(pointOf(event));
			const places = moveDrag(session, drag, { at: at.position, pointer });
			setMoving({ places, movedIds: drag.dragged.movedIds });
		},
		[session, screenToFlowPosition],
	);
	const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>(() => {
		active.current?.unlisten();
		if (active.current) endDrag(session, active.current);
		active.current = null;
		setMoving(NOT_MOVING);
	}, [session]);
	return useMemo(
		() => ({ moving, handlers: { onNodeDragStart, onNodeDrag, onNodeDragStop } }),
		[moving, onNodeDragStart, onNodeDrag, onNodeDragStop],
	);
}

function startDrag({ state }: EditorSession, lead: FlowNode, nodes: readonly FlowNode[]): Omit<ActiveDrag, "unlisten"> {
	const { drawing } = state.getState();
	const ids = nodes.map(({ id }) => id);
	const steps = ids.filter((id) => drawing.layout.nodes.has(id));
	const notes = ids.flatMap((id) => (id.startsWith(NOTE_PREFIX) ? [id.slice(NOTE_PREFIX.length)] : []));
	const [first = lead.id] = steps.includes(lead.id) ? [lead.id] : ids;
	const dragged = dragStateOf(
		drawing,
		[...steps].sort((a) => (a === first ? -1 : 1)),
		notes,
	);
	const placed = drawing.flow.nodes.find(({ id }) => id === first);
	const start = placed?.position ?? lead.position;
	return { drawing, dragged, lead: first, start, by: { x: 0, y: 0 }, parent: dragged.sharedParent || undefined };
}

function moveDrag(
	{ canvas }: EditorSession,
	drag: ActiveDrag,
	{ at, pointer }: { at: Point; pointer: Point },
): ReadonlyMap<string, Point> {
	const { drawing, dragged } = drag;
	drag.by = snapBy(drawing, dragged, { x: at.x - drag.start.x, y: at.y - drag.start.y });
	drag.parent = dragged.ids.length === 0 ? undefined : containerAt(drawing, pointer, dragged.movedIds);
	const { places, paths } = dragBy(drawing, dragged, drag.by);
	const { edit } = canvas.getState();
	edit?.moving.setState(paths, true);
	const lands = drag.parent !== undefined && !explainLanding(drawing, dragged, drag.parent);
	const targetContainer = lands ? (drag.parent ?? null) : null;
	if (edit && edit.targetContainer !== targetContainer) canvas.setState({ edit: { ...edit, targetContainer } });
	return places;
}

function endDrag(session: EditorSession, { drawing, dragged, by, parent }: ActiveDrag): void {
	clearDropTarget(session);
	const label = dragged.ids.length + dragged.notes.length > 1 ? "Move steps" : "Move";
	const refusal = explainLanding(drawing, dragged, parent);
	if (refusal) session.announce(`${refusal.title}. ${refusal.detail}`);
	if (by.x === 0 && by.y === 0) return;
	const { plan: before, apply } = session.editor.getState();
	if (!apply(label, dropSteps(drawing, dragged, { by, parent })) || refusal || (parent ?? "") === dragged.sharedParent)
		return;
	const after = session.editor.getState().plan;
	session.announce(describeRelocation(before, after, { ids: dragged.ids, parent }));
	const lost = lostConnections(before, after);
	if (lost > 0) showDone(`Removed ${countOf(lost, "connection")} across the border`, "Undo brings it back.");
}

/** Removes what is highlighted, and the paths of edges, when a drag is over. */
function clearDropTarget({ canvas }: EditorSession): void {
	canvas.getState().edit?.moving.setState(new Map(), true);
	canvas.setState(({ edit }) => ({ edit: edit && { ...edit, targetContainer: null } }));
}

function pointOf(event: MouseEvent | TouchEvent | { clientX: number; clientY: number }): Point {
	if ("clientX" in event) return { x: event.clientX, y: event.clientY };
	const touch = event.touches[0] ?? event.changedTouches[0];
	return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
