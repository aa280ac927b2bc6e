"use client";

import { Maximize } from "lucide-react";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import type { StillDrawing } from "./drawing/draw-still";
import { Miniature } from "./miniature";
import type { RunView } from "./run/view-run";

/** Of a phone; the server does not know the real one. */
const USUAL_WIDTH = 390;

interface DrawingStripProps {
	drawing: StillDrawing;
	/** The run, where no canvas is around to tell. */
	run?: RunView;
	onOpen: () => void;
}

/** On a phone the drawing is a strip that opens full screen. */
export function DrawingStrip({ drawing, run, onOpen }: DrawingStripProps) {
	const isAlive = useIsAlive();
	const size = { width: isAlive ? window.innerWidth : USUAL_WIDTH, height: 91 };
	return (
		<button
			type="button"
			aria-label="Open the drawing"
			className="relative h-[92px] flex-none border-line border-b bg-canvas"
			onClick={onOpen}
		>
			<Miniature drawing={drawing} frame={drawing.layout.bounds} size={size} run={run} edges />
			<Maximize aria-hidden="true" className="absolute right-2.5 bottom-2 size-3.5 text-ink-3" />
		</button>
	);
}
