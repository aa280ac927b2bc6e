"use client";

import type { HandleType, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { useReactFlow } from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo, useRef } from "react";
import type { Point } from "@/components/canvas/geometry";
import type { FlowEdge } from "@/components/canvas/to-flow";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { NodeId } from "@/server/plan/plan";
import { cancelOnEscape } from "../canvas/cancel-on-escape";
import { nodeAt } from "../canvas/hit-test";
import { type EditorSession, useEditorSession } from "../editor-session";
import { type Line, landLine, meetsAnother, stepUnder, takeLine } from "./connect-steps";

/** Drawing edges, and taking their ends elsewhere. Where one may end is ours to say: React Flow only moves the pointer. Escape drops it. */
export function useConnecting() {
	const session = useEditorSession();
	const { screenToFlowPosition } = useReactFlow();
	const unlisten = useRef(() => {});
	return useMemo(() => {
		const take = (start: Pick<Line, "fixed" | "edge">) => {
			takeUpLine(session, start);
			unlisten.current();
			unlisten.current = cancelOnEscape(() => putDownLine(session));
		};
		const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
			if (session.state.getState().line || nodeId === null || handleType === null) return;
			take({ fixed: { node: nodeId, port: handleId ?? "out", end: handleType } });
		};
		const onReconnectStart = (_event: ReactMouseEvent, edge: FlowEdge, stays: HandleType) => {
			const node = stays === "source" ? edge.source : edge.target;
			take({ fixed: { node, port: edge.sourceHandle ?? "out", end: stays }, edge: edge.id });
		};
		const onConnectEnd: OnConnectEnd = (event) => {
			unlisten.current();
			const { line } = session.state.getState();
			if (!line) return;
			const client = clientPoint(event);
			drop(session, line, { client, flow: screenToFlowPosition(client) });
		};
		return { onConnectStart, onReconnectStart, onReconnect: ignore, onConnectEnd };
	}, [session, screenToFlowPosition]);
}

/** React Flow lets ends be taken only where it may report back; what becomes of them is decided when they are let go. */
function ignore(): void {}

function takeUpLine(session: EditorSession, start: Pick<Line, "fixed" | "edge">): void {
	const line = takeLine(session.state.getState().drawing, start);
	session.state.setState({ line, refusal: null, picking: null });
	const drawn = { fixed: line.fixed, takers: line.takers, over: null, refused: false };
	session.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, line: drawn } }));
}

/** Shows what the step under the end of the edge would make of it. */
export function hoverLine(session: EditorSession, line: Line, at: Point): void {
	const over = stepUnder(session.state.getState().drawing, line.fixed, at);
	const landing = over === undefined ? undefined : line.land(over, at);
	const refusal = over !== undefined && landing?.refusal ? { over, why: landing.refusal } : null;
	const before = session.canvas.getState().edit?.line;
	if (before?.over === (over ?? null) && before.refused === (refusal !== null)) return;
	session.state.setState({ refusal });
	session.canvas.setState(({ edit }) => ({
		edit: edit?.line ? { ...edit, line: { ...edit.line, over: over ?? null, refused: refusal !== null } } : edit,
	}));
}

function drop(session: EditorSession, line: Line, { client, flow }: { client: Point; flow: Point }): void {
	const { drawing } = session.state.getState();
	const over = stepUnder(drawing, line.fixed, flow);
	const home = nodeAt(drawing, flow)?.node.id;
	putDownLine(session);
	const { node, port, end } = line.fixed;
	if (over !== undefined) landOn(session, line, line.land(over, flow));
	else if (home === undefined && line.edge === undefined && end === "source" && isOnCanvas(client))
		session.state.setState({ picking: { place: { kind: "after", from: node, port, at: flow }, at: client } });
}

/** Let go beside the canvas or outside the window, an edge is dropped. */
function isOnCanvas({ x, y }: Point): boolean {
	return document.elementFromPoint(x, y)?.closest(".weft-canvas") != null;
}

function landOn(session: EditorSession, line: Pick<Line, "edge">, landing: ReturnType<Line["land"]>): void {
	if (landing.refusal) {
		session.announce(`${landing.refusal.title}. ${landing.refusal.detail}`);
		return;
	}
	const { apply, selection } = session.editor.getState();
	const { edge } = landing;
	const select = line.edge === undefined ? selection : { edges: [edgeKey(edge)] };
	if (!apply(line.edge === undefined ? "Connect" : "Move connection", landLine(line, edge), { select })) return;
	const { plan } = session.editor.getState();
	session.announce(`${nameIn(plan.nodes, edge.from)} now leads to ${nameIn(plan.nodes, edge.to)}.`);
	if (meetsAnother(plan, edge)) session.state.setState({ meeting: edge.to });
}

/** Joins two steps, as the list of connections does. */
export function joinSteps(session: EditorSession, landing: ReturnType<Line["land"]>): void {
	landOn(session, {}, landing);
}

export function putDownLine(session: EditorSession): void {
	session.state.setState({ line: null, refusal: null });
	session.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, line: null } }));
}

function nameIn(nodes: readonly { id: NodeId; name: string }[], id: NodeId): string {
	return nodes.find((node) => node.id === id)?.name ?? id;
}

function clientPoint(event: MouseEvent | TouchEvent): Point {
	if (!("changedTouches" in event)) return { x: event.clientX, y: event.clientY };
	const touch = event.changedTouches[0];
	return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
