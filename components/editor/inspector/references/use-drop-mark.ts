"use client";

import { type DragEvent, useState } from "react";
import { isReferenceDrag } from "./drag-reference";

/** Spread over the box of a field: it says that it would take the value that is dragged over it. */
export function useDropMark(takes: boolean) {
	const [isOver, setOver] = useState(false);
	return {
		"data-drop": isOver || undefined,
		onDragOver(event: DragEvent) {
			if (!takes || !isReferenceDrag(event.dataTransfer)) return;
			event.preventDefault();
			setOver(true);
		},
		onDragLeave({ relatedTarget, currentTarget }: DragEvent) {
			if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
		},
		// In the capture phase: the widget that takes the drop stops its propagation.
		onDropCapture: () => setOver(false),
	};
}

/** The look of a field that would take what is dragged; within a box of rows the ring stands inside. */
export const DROP_RING = "data-drop:border-accent data-drop:shadow-[0_0_0_2px_var(--accent)]";
export const DROP_RING_INSIDE = "data-drop:bg-accent-soft data-drop:shadow-[inset_0_0_0_2px_var(--accent)]";
