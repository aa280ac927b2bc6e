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
import { useWorkbench, type Workbench } from "../workbench";
import { type Line, landLine, meetsAnother, stepUnder, takeLine } from "./connect-steps";

/** Drawing edges, and taking their ends elsewhere. Where one may end is ours to say: React Flow only moves the pointer. Escape drops it. */
export function useConnecting() {
	const bench = useWorkbench();
	const { screenToFlowPosition } = useReactFlow();
	const unlisten = useRef(() => {});
	return useMemo(() => {
		const take = (start: Pick<Line, "fixed" | "edge">) => {
			takeUpLine(bench, start);
			unlisten.current();
			unlisten.current = cancelOnEscape(() => putDownLine(bench));
		};
		const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
			if (bench.state.getState().line || nodeId === null || handleType === null) return;
			take({ fixed: { node: nodeId, port: handleId ?? "out", end: handleType } });
		};
		const onReconnectStart = (_event: ReactMouseEvent, edge: FlowEdge, stays: HandleType) => {
			const node = stays === "source" ? edge.source : edge.target;
			take({ fixed: { node, port: edge.sourceHandle ?? "out", end: stays }, edge: edge.id });
		};
		const onConnectEnd: OnConnectEnd = (event) => {
			unlisten.current();
			const { line } = bench.state.getState();
			if (!line) return;
			const client = clientPoint(event);
			drop(bench, line, { client, flow: screenToFlowPosition(client) });
		};
		return { onConnectStart, onReconnectStart, onReconnect: ignore, onConnectEnd };
	}, [bench, screenToFlowPosition]);
}

/** React Flow lets ends be taken only where it may report back; what becomes of them is decided when they are let go. */
function ignore(): void {}

function takeUpLine(bench: Workbench, start: Pick<Line, "fixed" | "edge">): void {
	const line = takeLine(bench.state.getState().drawing, start);
	bench.state.setState({ line, refusal: null, picking: null });
	const drawn = { fixed: line.fixed, takers: line.takers, over: null, refused: false };
	bench.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, line: drawn } }));
}

/** Shows what the step under the end of the edge would make of it. */
export function hoverLine(bench: Workbench, line: Line, at: Point): void {
	const over = stepUnder(bench.state.getState().drawing, line.fixed, at);
	const landing = over === undefined ? undefined : line.land(over, at);
	const refusal = over !== undefined && landing?.refusal ? { over, why: landing.refusal } : null;
	const before = bench.canvas.getState().edit?.line;
	if (before?.over === (over ?? null) && before.refused === (refusal !== null)) return;
	bench.state.setState({ refusal });
	bench.canvas.setState(({ edit }) => ({
		edit: edit?.line ? { ...edit, line: { ...edit.line, over: over ?? null, refused: refusal !== null } } : edit,
	}));
}

function drop(bench: Workbench, line: Line, { client, flow }: { client: Point; flow: Point }): void {
	const { drawing } = bench.state.getState();
	const over = stepUnder(drawing, line.fixed, flow);
	const home = nodeAt(drawing, flow)?.node.id;
	putDownLine(bench);
	const { node, port, end } = line.fixed;
	if (over !== undefined) landOn(bench, line, line.land(over, flow));
	else if (home === undefined && line.edge === undefined && end === "source" && isOnCanvas(client))
		bench.state.setState({ picking: { place: { kind: "after", from: node, port, at: flow }, at: client } });
}

/** Let go beside the canvas or outside the window, an edge is dropped. */
function isOnCanvas({ x, y }: Point): boolean {
	return document.elementFromPoint(x, y)?.closest(".weft-canvas") != null;
}

function landOn(bench: Workbench, line: Pick<Line, "edge">, landing: ReturnType<Line["land"]>): void {
	if (landing.refusal) {
		bench.say(`${landing.refusal.title}. ${landing.refusal.detail}`);
		return;
	}
	const { apply, selection } = bench.editor.getState();
	const { edge } = landing;
	const select = line.edge === undefined ? selection : { edges: [edgeKey(edge)] };
	if (!apply(line.edge === undefined ? "Connect" : "Move connection", landLine(line, edge), { select })) return;
	const { plan } = bench.editor.getState();
	bench.say(`${nameIn(plan.nodes, edge.from)} now leads to ${nameIn(plan.nodes, edge.to)}.`);
	if (meetsAnother(plan, edge)) bench.state.setState({ meeting: edge.to });
}

/** Joins two steps, as the list of connections does. */
export function joinSteps(bench: Workbench, landing: ReturnType<Line["land"]>): void {
	landOn(bench, {}, landing);
}

export function putDownLine(bench: Workbench): void {
	bench.state.setState({ line: null, refusal: null });
	bench.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, line: null } }));
}

function nameIn(nodes: readonly { id: NodeId; name: string }[], id: NodeId): string {
	return nodes.find((node) => node.id === id)?.name ?? id;
}

function clientPoint(event: MouseEvent | TouchEvent): Point {
	if (!("changedTouches" in event)) return { x: event.clientX, y: event.clientY };
	const touch = event.changedTouches[0];
	return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
