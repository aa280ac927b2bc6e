"use client";

import { memo, useContext } from "react";
import { useStore } from "zustand";
import type { NodeId } from "@/server/plan/plan";
import { CanvasContext, type CanvasStore, createCanvasStore } from "./canvas-store";
import type { StillDrawing } from "./drawing/draw-still";
import { edgePath } from "./drawing/edge-path";
import type { Rect, Size } from "./drawing/geometry";
import type { RunView } from "./run/view-run";

interface MiniatureProps {
	drawing: StillDrawing;
	/** The part of the canvas that fills it. */
	frame: Rect;
	size: Size;
	/** What is in view. */
	view?: Rect;
	/** The run, where no canvas is around to tell. */
	run?: RunView | null;
	edges?: boolean;
}

const NO_CANVAS: CanvasStore = createCanvasStore({
	run: null,
	started: false,
	selected: null,
	problems: {},
	pinned: {},
	comments: {},
	isZoomedOut: false,
	onOpen: () => {},
	onTurn: () => {},
	edit: null,
});

/** The drawing as small bars in the colours of their states. */
export function Miniature({ drawing, frame, size, view, run, edges }: MiniatureProps) {
	const store = useContext(CanvasContext) ?? NO_CANVAS;
	const shown = useStore(store, (canvas) => canvas.run) ?? run;
	const selected = useStore(store, (canvas) => canvas.selected);
	const { scale, left, top } = miniatureScale(frame, size, view ? 6 : 10);
	return (
		<svg width={size.width} height={size.height} className="block" aria-hidden="true">
			<g transform={`translate(${left} ${top}) scale(${scale})`}>
				<PlanBars drawing={drawing} scale={scale} run={shown ?? undefined} selected={selected} edges={edges} />
				{view && (
					<rect
						{...view}
						rx={3 / scale}
						fill="color-mix(in srgb, var(--accent) 7%, transparent)"
						stroke="var(--accent)"
						strokeWidth={1 / scale}
					/>
				)}
			</g>
		</svg>
	);
}

interface PlanBarsProps {
	drawing: StillDrawing;
	/** How small they are shown: lines keep their width. */
	scale: number;
	run?: RunView | undefined;
	selected?: NodeId | null;
	edges?: boolean | undefined;
}

/** What a miniature is made of, for any SVG: in the canvas's units. */
export function PlanBars({ drawing, scale, run, selected, edges }: PlanBarsProps) {
	return (
		<>
			{edges && (
				<path
					d={drawing.edges.map((edge) => edgePath(edge.points)).join(" ")}
					fill="none"
					stroke="var(--edge)"
					strokeWidth={1 / scale}
				/>
			)}
			{[...drawing.layout.nodes.values()].map(({ node, look, rect }) => (
				<Bar
					key={node.id}
					rect={rect}
					scale={scale}
					state={run ? (run.steps[node.id]?.look ?? "pending") : undefined}
					outlined={look.container}
					selected={selected === node.id && !run}
				/>
			))}
			<Bar rect={drawing.layout.trigger.rect} scale={scale} state={run ? "completed" : undefined} />
		</>
	);
}

interface BarProps {
	rect: Rect;
	scale: number;
	state?: string;
	outlined?: boolean;
	selected?: boolean;
}

/** Typing in a field draws the map anew, and none of the bars that stay as they are. */
const Bar = memo(function Bar({ rect, scale, state, outlined, selected }: BarProps) {
	const idle = state === "pending" || state === "skipped" || state === "queued";
	const colour = selected
		? "var(--accent)"
		: state === undefined
			? "var(--line-strong)"
			: idle
				? "var(--line)"
				: "var(--c)";
	return (
		<rect
			{...rect}
			rx={1.5 / scale}
			data-state={state}
			fill={outlined ? "none" : colour}
			stroke={outlined ? "var(--line-strong)" : "none"}
			strokeWidth={1 / scale}
		/>
	);
});

/** How `frame` is scaled and moved to lie in the middle of `size`, with a margin around. */
export function miniatureScale(frame: Rect, size: Size, margin: number) {
	const room = { width: size.width - 2 * margin, height: size.height - 2 * margin };
	const scale = Math.min(room.width / Math.max(1, frame.width), room.height / Math.max(1, frame.height), 0.15);
	return {
		scale,
		left: (size.width - frame.width * scale) / 2 - frame.x * scale,
		top: (size.height - frame.height * scale) / 2 - frame.y * scale,
	};
}
