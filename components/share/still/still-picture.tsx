"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { CANVAS_OPTIONS } from "@/components/canvas/canvas-options";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { CONTAINER, type Rect } from "@/components/canvas/drawing/geometry";
import { PlanBars } from "@/components/canvas/miniature";
import { PlanPicture } from "@/components/canvas/picture/plan-picture";
import { describeStep } from "@/components/canvas/run/describe-step";
import type { RunView } from "@/components/canvas/run/view-run";
import { FitPicture } from "@/components/templates/fit-picture";
import { cn } from "@/components/ui/class-names";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import type { NodeId } from "@/server/plan/plan";
import { StillButton } from "./still-button";
import type { StillProps } from "./still-props";

/** As on the canvas, whose controls stand at the left: of a run at the top, at rest at the bottom. */
const LEFT = 64;
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

interface StillPictureProps extends Pick<StillProps, "onUse"> {
	label: string;
	drawing: StillDrawing;
	/** Left out, the plan is at rest. */
	view?: RunView;
	onSelect: (id: NodeId) => void;
	/** Below those that every canvas has. */
	controls?: ReactNode;
	children?: ReactNode;
}

/** A canvas as a picture: its steps can be chosen, everything else is loaded when it is wanted. */
export function StillPicture({ label, drawing, view, onUse, onSelect, controls, children }: StillPictureProps) {
	const { width, height } = drawing.layout.bounds;
	const isAlive = useIsAlive();
	const isLarge = drawing.layout.nodes.size > MOST_DETAILED;
	const hear = (event: KeyboardEvent) => KEYS.includes(event.key) && onUse();
	return (
		<section
			aria-label={label}
			data-run={view && ""}
			className="weft-canvas relative size-full"
			onPointerDown={(event) => event.target instanceof Element && !event.target.closest("button") && onUse()}
			onWheel={() => onUse()}
			onKeyDown={hear}
		>
			<FitPicture width={width} height={height} left={LEFT}>
				{isLarge ? (
					<Outline drawing={drawing} view={view} />
				) : (
					<PlanPicture drawing={drawing} run={view && { view }} scale={1} />
				)}
				{(isAlive || !isLarge) && <StepButtons drawing={drawing} view={view} onSelect={onSelect} />}
			</FitPicture>
			<div
				className={cn(
					"absolute left-3 flex items-center gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1",
					view ? "top-3 flex-col" : "bottom-3",
				)}
			>
				<StillButton label="Zoom in" size="bar" className="size-[26px]" onUse={onUse}>
					<Plus />
				</StillButton>
				<StillButton label="Zoom out" size="bar" className="size-[26px]" onUse={onUse}>
					<Minus />
				</StillButton>
				<StillButton label="Fit" size="bar" className="size-[26px]" onUse={onUse}>
					<Maximize />
				</StillButton>
				{controls}
			</div>
			{children}
		</section>
	);
}

/** Nothing of more steps than this can be read when it fits, so that pages need not carry it. */
const MOST_DETAILED = 200;
/** Of the place that most screens have for it: lines are as wide as that shows them well. */
const USUAL = { width: 1_080, height: 540 };

function Outline({ drawing, view }: { drawing: StillDrawing; view: RunView | undefined }) {
	const { x, y, width, height } = drawing.layout.bounds;
	const scale = Math.max(CANVAS_OPTIONS.minZoom, Math.min(USUAL.width / width, USUAL.height / height));
	return (
		<svg width={width} height={height} viewBox={`${x} ${y} ${width} ${height}`} aria-hidden="true">
			<PlanBars drawing={drawing} scale={scale} run={view} edges />
		</svg>
	);
}

interface StepButtonsProps {
	drawing: StillDrawing;
	view: RunView | undefined;
	onSelect: (id: NodeId) => void;
}

/** Over the picture, which says nothing to screen readers and hears no keys. Containers lie at the back. */
function StepButtons({ drawing, view, onSelect }: StepButtonsProps) {
	const { nodes, bounds } = drawing.layout;
	const inOrder = [...nodes.values()].sort((a, b) => Number(b.look.container) - Number(a.look.container));
	return inOrder.map(({ node, look, rect }) => (
		<button
			key={node.id}
			type="button"
			data-node={node.id}
			className="absolute cursor-pointer rounded-3"
			style={placeOf(look.container ? { ...rect, height: CONTAINER.header } : rect, bounds)}
			onClick={() => onSelect(node.id)}
		>
			<span className="sr-only">{describeStep(look, view?.steps[node.id])}</span>
		</button>
	));
}

function placeOf({ x, y, width, height }: Rect, bounds: Rect) {
	return { left: x - bounds.x, top: y - bounds.y, width, height };
}
