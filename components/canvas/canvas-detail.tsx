"use client";

import { useStore } from "@xyflow/react";
import { useContext, useLayoutEffect } from "react";
import { CanvasContext } from "./canvas-store";
import { detailAt, ZOOMED_OUT_BELOW } from "./detail-level";
import type { Size } from "./drawing/geometry";

/** Before anything is drawn: whether all of a drawing fits on the screen only from far away. */
export function startsZoomedOut({ width, height }: Size): boolean {
	return Math.min(innerWidth / width, innerHeight / height) < ZOOMED_OUT_BELOW;
}

/** Tells the style sheet, and the nodes, how much of them can be read at this zoom. */
export function CanvasDetail() {
	const canvas = useContext(CanvasContext);
	// Until the drawing has been fitted into its frame the zoom is React Flow's default.
	const isFitting = useStore((state) => state.fitViewQueued);
	const zoomed = useStore(({ transform: [, , zoom] }) => detailAt(zoom));
	const level = isFitting && canvas?.getState().isZoomedOut ? "3" : zoomed;
	const dom = useStore((state) => state.domNode);
	useLayoutEffect(() => {
		dom?.closest(".weft-canvas")?.setAttribute("data-detail", level);
		canvas?.setState({ isZoomedOut: level === "3" });
	}, [canvas, dom, level]);
	return null;
}
