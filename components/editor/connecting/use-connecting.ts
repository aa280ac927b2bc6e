"use client";

import type { HandleType, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { useReactFlow } from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo, useRef } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import type { FlowEdge } from "@/components/canvas/drawing/to-flow";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { NodeId } from "@/server/plan/plan";
import { cancelOnEscape } from "../canvas/cancel-on-escape";
import { nodeAt } from "../canvas/hit-test";
import { type EditorSession, useEditorSession } from "../editor-session";
import { connectionEdit, mergesBranches, type PendingConnection, pendingConnection, stepUnder } from "./connect-steps";

/** Drawing and reconnecting edges. React Flow only tracks the pointer; which steps accept a connection is decided here. Escape cancels. */
export function useConnecting() {
	const session = useEditorSession();
	const { screenToFlowPosition } = useReactFlow();
	const unlisten = useRef(() => {});
	return useMemo(() => {
		const start = (from: Pick<PendingConnection, "fixed" | "edge">) => {
			startConnecting(session, from);
			unlisten.current();
			unlisten.current = cancelOnEscape(() => stopConnecting(session));
		};
		const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
			if (session.state.getState().pending || nodeId === null || handleType === null) return;
			start({ fixed: { node: nodeId, port: handleId ?? "out", end: handleType } });
		};
		const onReconnectStart = (_event: ReactMouseEvent, edge: FlowEdge, stays: HandleType) => {
			const node = stays === "source" ? edge.source : edge.target;
			start({ fixed: { node, port: edge.sourceHandle ?? "out", end: stays }, edge: edge.id });
		};
		const onConnectEnd: OnConnectEnd = (event) => {
			unlisten.current();
			const { pending } = session.state.getState();
			if (!pending) return;
			const client = clientPoint(event);
			drop(session, pending, { client, flow: screenToFlowPosition(client) });
		};
		return { onConnectStart, onReconnectStart, onReconnect: ignore, onConnectEnd };
	}, [session, screenToFlowPosition]);
}

/** React Flow makes the ends of edges draggable only if `onReconnect` is set; the drop itself is handled in `onConnectEnd`. */
function ignore(): void {}

function startConnecting(session: EditorSession, start: Pick<PendingConnection, "fixed" | "edge">): void {
	const pending = pendingConnection(session.state.getState().drawing, start);
	session.state.setState({ pending, refusal: null, picking: null });
	const drawn = { fixed: pending.fixed, validTargets: pending.validTargets, over: null, refused: false };
	session.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, connection: drawn } }));
}

/** Marks the step under the pointer as a valid target, or as one that refuses, with the reason. */
export function hoverTarget(session: EditorSession, pending: PendingConnection, at: Point): void {
	const over = stepUnder(session.state.getState().drawing, pending.fixed, at);
	const result = over === undefined ? undefined : pending.resolve(over, at);
	const refusal = over !== undefined && result?.refusal ? { over, why: result.refusal } : null;
	const before = session.canvas.getState().edit?.connection;
	if (before?.over === (over ?? null) && before.refused === (refusal !== null)) return;
	session.state.setState({ refusal });
	session.canvas.setState(({ edit }) => ({
		edit: edit?.connection
			? { ...edit, connection: { ...edit.connection, over: over ?? null, refused: refusal !== null } }
			: edit,
	}));
}

function drop(
	session: EditorSession,
	pending: PendingConnection,
	{ client, flow }: { client: Point; flow: Point },
): void {
	const { drawing } = session.state.getState();
	const over = stepUnder(drawing, pending.fixed, flow);
	const under = nodeAt(drawing, flow)?.node.id;
	stopConnecting(session);
	const { node, port, end } = pending.fixed;
	if (over !== undefined) finishConnecting(session, pending, pending.resolve(over, flow));
	else if (under === undefined && pending.edge === undefined && end === "source" && isOnCanvas(client))
		session.state.setState({ picking: { place: { kind: "after", from: node, port, at: flow }, at: client } });
}

/** A connection that is released beside the canvas or outside the window is discarded. */
function isOnCanvas({ x, y }: Point): boolean {
	return document.elementFromPoint(x, y)?.closest(".weft-canvas") != null;
}

function finishConnecting(
	session: EditorSession,
	pending: Pick<PendingConnection, "edge">,
	result: ReturnType<PendingConnection["resolve"]>,
): void {
	if (result.refusal) {
		session.announce(`${result.refusal.title}. ${result.refusal.detail}`);
		return;
	}
	const { apply, selection } = session.editor.getState();
	const { edge } = result;
	const select = pending.edge === undefined ? selection : { edges: [edgeKey(edge)] };
	if (!apply(pending.edge === undefined ? "Connect" : "Move connection", connectionEdit(pending, edge), { select }))
		return;
	const { plan } = session.editor.getState();
	session.announce(`${nameIn(plan.nodes, edge.from)} now leads to ${nameIn(plan.nodes, edge.to)}.`);
	if (mergesBranches(plan, edge)) session.state.setState({ meeting: edge.to });
}

/** Joins two steps, as the list of connections does. */
export function joinSteps(session: EditorSession, result: ReturnType<PendingConnection["resolve"]>): void {
	finishConnecting(session, {}, result);
}

export function stopConnecting(session: EditorSession): void {
	session.state.setState({ pending: null, refusal: null });
	session.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, connection: null } }));
}

function nameIn(nodes: readonly { id: NodeId; name: string }[], id: NodeId): string {
	return nodes.find((node) => node.id === id)?.name ?? id;
}

function clientPoint(event: MouseEvent | TouchEvent): Point {
	if (!("changedTouches" in event)) return { x: event.clientX, y: event.clientY };
	const touch = event.changedTouches[0];
	return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
