"use client";

import { type ConnectionLineComponentProps, ViewportPortal } from "@xyflow/react";
import { CircleAlert } from "lucide-react";
import { useEffect } from "react";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { edgePath } from "@/components/canvas/drawing/edge-path";
import type { Point, Rect } from "@/components/canvas/drawing/geometry";
import { routeEdges } from "@/components/canvas/drawing/route-edges";
import { NodeNote } from "../canvas/node-note";
import { useEditorSession, useSessionState } from "../editor-session";
import { hoverTarget } from "./use-connecting";

/** The connection that is being dragged: in the accent colour, or red where it cannot end. */
export function ConnectionLine({ fromX, fromY, toX, toY }: ConnectionLineComponentProps) {
	const session = useEditorSession();
	const pending = useSessionState((state) => state.pending);
	const refused = useSessionState((state) => state.refusal !== null);
	const around = useSessionState((state) => rectOf(state.drawing, state.pending?.fixed.node));
	useEffect(() => {
		if (pending) hoverTarget(session, pending, { x: toX, y: toY });
	}, [session, pending, toX, toY]);
	if (!pending) return null;
	const [freeEnd, fixed] = [
		{ x: toX, y: toY },
		{ x: fromX, y: fromY },
	];
	const [from, to] = pending.fixed.end === "source" ? [fixed, freeEnd] : [freeEnd, fixed];
	return <ConnectionPath from={from} to={to} freeEnd={freeEnd} around={around} refused={refused} />;
}

function rectOf({ layout }: Drawing, node: string | undefined): Rect | undefined {
	return node === TRIGGER_ID ? layout.trigger.rect : layout.nodes.get(node ?? "")?.rect;
}

interface ConnectionPathProps {
	from: Point;
	to: Point;
	/** The end that follows the pointer. */
	freeEnd: Point;
	/** The step at the other end. */
	around: Rect | undefined;
	refused: boolean;
}

function ConnectionPath({ from, to, freeEnd, around, refused }: ConnectionPathProps) {
	const boxes = around ? [around] : [];
	const points = routeEdges([{ id: "pending", from, to, around: boxes }])[0]?.points ?? [from, to];
	return (
		<g>
			<path className="edge" data-look={refused ? "refused" : "highlighted"} d={edgePath(points)} />
			<circle
				className="connection-end"
				data-refused={refused || undefined}
				cx={freeEnd.x}
				cy={freeEnd.y}
				r={refused ? 9 : 5}
			/>
			{refused && (
				<path
					d={`M${freeEnd.x - 3} ${freeEnd.y - 3}l6 6m0 -6l-6 6`}
					stroke="var(--on-state)"
					strokeWidth="2"
					strokeLinecap="round"
				/>
			)}
		</g>
	);
}

/** A connection that was dropped on empty canvas stays visible while the next step is chosen. */
export function PendingEdge() {
	const place = useSessionState((state) => state.picking?.place);
	const layout = useSessionState(({ drawing }) => drawing.layout);
	if (place?.kind !== "after" || !place.at) return null;
	const source = place.from === TRIGGER_ID ? undefined : layout.nodes.get(place.from);
	const from = source ? source.ports.find(({ name }) => name === place.port) : layout.trigger.exit;
	if (!from) return null;
	return (
		<ViewportPortal>
			<svg
				className="pointer-events-none absolute top-0 left-0 overflow-visible"
				width="1"
				height="1"
				aria-hidden="true"
			>
				<ConnectionPath from={from} to={place.at} freeEnd={place.at} around={source?.rect} refused={false} />
			</svg>
		</ViewportPortal>
	);
}

/** Below a step that the connection cannot end at: why not, and what to do instead. */
export function RefusalNote() {
	const refusal = useSessionState((state) => state.refusal);
	if (!refusal) return null;
	return (
		<NodeNote nodeId={refusal.over}>
			<div className="grid max-w-[308px] grid-cols-[14px_1fr] gap-x-2 gap-y-0.5 rounded-3 border border-failed bg-panel py-2 pr-3 pl-2.5 text-12 shadow-2">
				<CircleAlert aria-hidden="true" className="mt-px size-3.5 text-failed" />
				<b className="font-medium text-failed">{refusal.why.title}</b>
				<span className="col-start-2 text-ink-2">{refusal.why.detail}</span>
			</div>
		</NodeNote>
	);
}
