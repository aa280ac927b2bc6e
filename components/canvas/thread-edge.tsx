"use client";

import type { EdgeProps } from "@xyflow/react";
import { memo, useState } from "react";
import { useCanvas, useIsFar, useMovingPath } from "./canvas-store";
import type { Point } from "./geometry";
import type { ThreadFlowEdge } from "./to-flow";

/** A thread. One that becomes taken while it is watched fills from its source. */
export const ThreadEdge = memo(function ThreadEdge({ id, data }: EdgeProps<ThreadFlowEdge>) {
	const look = useCanvas((canvas) => (canvas.run ? (canvas.run.threads[id] ?? "pending") : "rest"));
	const [first] = useState(look);
	if (!data) return null;
	const fills = look !== first && (look === "completed" || look === "failed");
	return (
		<>
			{data.under && <path className="thread" data-look="under" d={data.under} />}
			{fills && <path className="thread" data-look="pending" d={data.path} />}
			<path
				key={fills ? look : "thread"}
				className="thread"
				data-look={look}
				data-fills={fills || undefined}
				pathLength={fills ? 1 : undefined}
				d={data.path}
			/>
		</>
	);
});

/** A thread while a plan is edited: it can be pointed at, follows a dragged step, and takes one in at its +. */
export const EditableThread = memo(function EditableThread({ id, data, selected }: EdgeProps<ThreadFlowEdge>) {
	const moving = useMovingPath(id);
	const hot = useCanvas((canvas) => canvas.edit?.hot === id);
	const far = useIsFar();
	if (!data) return null;
	const path = moving ?? data.path;
	return (
		<>
			{data.under && moving === undefined && !far && <path className="thread" data-look="under" d={data.under} />}
			{moving === undefined && <path className="thread-hit" d={data.hit} />}
			<path className="thread" data-look={hot || selected ? "hot" : "rest"} d={path} />
			{moving === undefined && (!far || hot) && (
				<InsertButton thread={id} at={data.middle} hot={hot} selected={selected} />
			)}
		</>
	);
});

interface InsertButtonProps {
	thread: string;
	at: Point;
	hot: boolean;
	selected: boolean | undefined;
}

/** The + half-way along a thread. For the mouse; the keyboard has a key for it. */
function InsertButton({ thread, at, hot, selected }: InsertButtonProps) {
	const onInsert = useCanvas((canvas) => canvas.edit?.onInsert);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the key I on a step does the same
		<g
			className="thread-plus nopan"
			data-hot={hot || undefined}
			data-on={selected || undefined}
			transform={`translate(${at.x} ${at.y})`}
			onClick={(event) => {
				event.stopPropagation();
				onInsert?.({ kind: "thread", thread }, { x: event.clientX, y: event.clientY });
			}}
		>
			<title>Insert a step</title>
			<circle r={hot ? 12 : 9} />
			<path d="M-3.5 0H3.5M0 -3.5V3.5" />
		</g>
	);
}
