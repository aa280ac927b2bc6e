"use client";

import { Maximize, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { Drawing } from "./drawing/draw-plan";
import { Miniature } from "./miniature";
import type { RunView } from "./run/view-run";

interface DrawingStripProps {
	drawing: Drawing;
	/** The run, where no canvas is around to tell. */
	run?: RunView;
	onOpen: () => void;
}

/** On a phone the drawing is a strip that opens full screen. */
export function DrawingStrip({ drawing, run, onOpen }: DrawingStripProps) {
	const size = { width: window.innerWidth, height: 91 };
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

/** Stands in the corner of a drawing that fills the screen. */
export function CloseDrawing({ onClose }: { onClose: () => void }) {
	return (
		<div className="absolute top-3 right-3 z-10 rounded-3 border border-line bg-panel shadow-1">
			<IconButton label="Close the drawing" onClick={onClose}>
				<X />
			</IconButton>
		</div>
	);
}

export function FullScreen({ children }: { children: ReactNode }) {
	return <div className="fixed inset-0 z-30 bg-panel">{children}</div>;
}
