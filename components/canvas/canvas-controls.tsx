"use client";

import { type FitViewOptions, Panel, useReactFlow, useStore } from "@xyflow/react";
import { Crosshair, Maximize, Minus, Plus } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { motion } from "./motion";
import type { Follow } from "./use-follow";

interface CanvasControlsProps {
	/** On a run the buttons stand in a column at the top left; while drawing in a row at the bottom left. */
	upright: boolean;
	follow?: Follow;
	fit: FitViewOptions;
}

export function CanvasControls({ upright, follow, fit }: CanvasControlsProps) {
	const flow = useReactFlow();
	const zoom = useStore((state) => Math.round(state.transform[2] * 100));
	const side = upright ? "right" : "top";
	const button = "size-[26px] phone:size-11";
	const zoomIn = (
		<IconButton label="Zoom in" tooltipSide={side} className={button} onClick={() => flow.zoomIn(motion(140))}>
			<Plus />
		</IconButton>
	);
	const zoomOut = (
		<IconButton label="Zoom out" tooltipSide={side} className={button} onClick={() => flow.zoomOut(motion(140))}>
			<Minus />
		</IconButton>
	);
	return (
		<Panel position={upright ? "top-left" : "bottom-left"} className="m-3!">
			<div
				className={cn(
					"flex items-center gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1",
					upright && "flex-col",
				)}
			>
				{upright ? zoomIn : zoomOut}
				{!upright && <span className="min-w-10 text-center text-12 text-ink-2 tabular-nums">{zoom} %</span>}
				{upright ? zoomOut : zoomIn}
				<IconButton
					label="Fit"
					tooltipSide={side}
					className={button}
					onClick={() => flow.fitView({ ...fit, ...motion(200) })}
				>
					<Maximize />
				</IconButton>
				{follow && (
					<IconButton
						label="Follow the run"
						tooltipSide={side}
						className={button}
						pressed={follow.on}
						onClick={follow.toggle}
					>
						<Crosshair />
					</IconButton>
				)}
			</div>
		</Panel>
	);
}
