"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { cn } from "./class-names";

interface ResizeHandleProps {
	label: string;
	/** The edge of the panel that it stands on: `left` sizes a panel at the right of it, `top` one below it. */
	edge: "left" | "right" | "top";
	size: number;
	onResize: (size: number) => void;
}

const STEP = 16;
const KEYS = {
	left: ["ArrowLeft", "ArrowRight"],
	right: ["ArrowRight", "ArrowLeft"],
	top: ["ArrowUp", "ArrowDown"],
} as const;
const PLACES = {
	left: "inset-y-0 -left-[3px] w-[5px] cursor-col-resize",
	right: "inset-y-0 -right-[3px] w-[5px] cursor-col-resize",
	top: "inset-x-0 -top-[3px] h-[5px] cursor-row-resize",
} as const;

/** The edge of a panel: dragged, or moved with the arrow keys. */
export function ResizeHandle({ label, edge, size, onResize }: ResizeHandleProps) {
	const upright = edge !== "top";
	const drag = (event: PointerEvent<HTMLHRElement>) => {
		if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
		const panel = event.currentTarget.parentElement?.getBoundingClientRect();
		if (!panel) return;
		if (edge === "right") onResize(event.clientX - panel.left);
		else onResize(upright ? panel.right - event.clientX : panel.bottom - event.clientY);
	};
	const key = (event: KeyboardEvent) => {
		const [growKey, shrinkKey] = KEYS[edge];
		const grow = event.key === growKey;
		const shrink = event.key === shrinkKey;
		if (!grow && !shrink) return;
		event.preventDefault();
		onResize(size + (grow ? STEP : -STEP));
	};
	return (
		<hr
			aria-label={label}
			aria-orientation={upright ? "vertical" : "horizontal"}
			aria-valuenow={size}
			tabIndex={0}
			className={cn(
				"absolute z-20 m-0 touch-none border-0 bg-transparent transition-colors hover:bg-accent-line focus-visible:bg-accent-line focus-visible:outline-none",
				PLACES[edge],
			)}
			onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
			onPointerMove={drag}
			onKeyDown={key}
		/>
	);
}
