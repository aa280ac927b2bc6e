"use client";

import { type ConnectionLineComponentProps, ViewportPortal } from "@xyflow/react";
import { CircleAlert } from "lucide-react";
import { useEffect } from "react";
import type { Drawing } from "@/components/canvas/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawn-edges";
import { edgePath } from "@/components/canvas/edge-path";
import type { Point, Rect } from "@/components/canvas/geometry";
import { routeEdges } from "@/components/canvas/route-edges";
import { NodeNote } from "../canvas/node-note";
import { useEditorSession, useSessionState } from "../editor-session";
import { hoverLine } from "./use-connecting";

/** The edge in somebody's hand: accent, or red where it cannot end. */
export function ConnectLine({ fromX, fromY, toX, toY }: ConnectionLineComponentProps) {
	const session = useEditorSession();
	const line = useSessionState((state) => state.line);
	const refused = useSessionState((state) => state.refusal !== null);
	const around = useSessionState((state) => rectOf(state.drawing, state.line?.fixed.node));
	useEffect(() => {
		if (line) hoverLine(session, line, { x: toX, y: toY });
	}, [session, line, toX, toY]);
	if (!line) return null;
	const [held, fixed] = [
		{ x: toX, y: toY },
		{ x: fromX, y: fromY },
	];
	const [from, to] = line.fixed.end === "source" ? [fixed, held] : [held, fixed];
	return <LoosePath from={from} to={to} held={held} around={around} refused={refused} />;
}

function rectOf({ layout }: Drawing, node: string | undefined): Rect | undefined {
	return node === TRIGGER_ID ? layout.trigger.rect : layout.nodes.get(node ?? "")?.rect;
}

interface LoosePathProps {
	from: Point;
	to: Point;
	/** The end in the hand. */
	held: Point;
	/** The step at the other end. */
	around: Rect | undefined;
	refused: boolean;
}

function LoosePath({ from, to, held, around, refused }: LoosePathProps) {
	const boxes = around ? [around] : [];
	const points = routeEdges([{ id: "held", from, to, around: boxes }])[0]?.points ?? [from, to];
	return (
		<g>
			<path className="edge" data-look={refused ? "refused" : "hot"} d={edgePath(points)} />
			<circle className="line-end" data-refused={refused || undefined} cx={held.x} cy={held.y} r={refused ? 9 : 5} />
			{refused && (
				<path
					d={`M${held.x - 3} ${held.y - 3}l6 6m0 -6l-6 6`}
					stroke="var(--on-state)"
					strokeWidth="2"
					strokeLinecap="round"
				/>
			)}
		</g>
	);
}

/** An edge that was let go on empty canvas stays in sight while the next step is chosen. */
export function WaitingLine() {
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
				<LoosePath from={from} to={place.at} held={place.at} around={source?.rect} refused={false} />
			</svg>
		</ViewportPortal>
	);
}

/** Under the step that an edge cannot end at: why not, and what to do instead. */
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
