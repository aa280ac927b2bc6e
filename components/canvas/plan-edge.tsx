"use client";

import type { EdgeProps } from "@xyflow/react";
import { memo, useState } from "react";
import { useCanvas, useIsZoomedOut, useMovingPath } from "./canvas-store";
import type { Point } from "./drawing/geometry";
import type { FlowEdge } from "./drawing/to-flow";

/** An edge. One that becomes taken while it is watched fills from its source. */
export const PlanEdge = memo(function PlanEdge({ id, data }: EdgeProps<FlowEdge>) {
	const look = useCanvas((canvas) => (canvas.run ? (canvas.run.edges[id] ?? "pending") : "rest"));
	const [first] = useState(look);
	if (!data) return null;
	const fills = look !== first && (look === "completed" || look === "failed");
	return (
		<>
			{data.under && <path className="edge" data-look="under" d={data.under} />}
			{fills && <path className="edge" data-look="pending" d={data.path} />}
			<path
				key={fills ? look : "edge"}
				className="edge"
				data-look={look}
				data-fills={fills || undefined}
				pathLength={fills ? 1 : undefined}
				d={data.path}
			/>
		</>
	);
});

/** An edge while a plan is edited: it can be pointed at, follows a dragged step, and takes one in at its +. */
export const EditableEdge = memo(function EditableEdge({ id, data, selected }: EdgeProps<FlowEdge>) {
	const moving = useMovingPath(id);
	const highlighted = useCanvas((canvas) => canvas.edit?.targetEdge === id);
	const isZoomedOut = useIsZoomedOut();
	if (!data) return null;
	const path = moving ?? data.path;
	return (
		<>
			{data.under && moving === undefined && !isZoomedOut && <path className="edge" data-look="under" d={data.under} />}
			{moving === undefined && <path className="edge-hit" d={data.hit} />}
			<path className="edge" data-look={highlighted || selected ? "highlighted" : "rest"} d={path} />
			{moving === undefined && (!isZoomedOut || highlighted) && (
				<InsertButton edge={id} at={data.middle} highlighted={highlighted} selected={selected} />
			)}
		</>
	);
});

interface InsertButtonProps {
	edge: string;
	at: Point;
	highlighted: boolean;
	selected: boolean | undefined;
}

/** The + half-way along an edge. For the mouse; the keyboard has a key for it. */
function InsertButton({ edge, at, highlighted, selected }: InsertButtonProps) {
	const onInsert = useCanvas((canvas) => canvas.edit?.onInsert);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the key I on a step does the same
		<g
			className="edge-plus nopan"
			data-highlighted={highlighted || undefined}
			data-on={selected || undefined}
			transform={`translate(${at.x} ${at.y})`}
			onClick={(event) => {
				event.stopPropagation();
				onInsert?.({ kind: "edge", edge }, { x: event.clientX, y: event.clientY });
			}}
		>
			<title>Insert a step</title>
			<circle r={highlighted ? 12 : 9} />
			<path d="M-3.5 0H3.5M0 -3.5V3.5" />
		</g>
	);
}
