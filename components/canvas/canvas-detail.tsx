"use client";

import { useStore } from "@xyflow/react";
import { useLayoutEffect } from "react";

/** Tells the style sheet how much of a node can be read at this zoom. */
export function CanvasDetail() {
	const level = useStore(({ transform: [, , zoom] }) => (zoom < 0.35 ? "3" : zoom < 0.6 ? "2" : "1"));
	const dom = useStore((state) => state.domNode);
	useLayoutEffect(() => {
		dom?.closest(".weft-canvas")?.setAttribute("data-detail", level);
	}, [dom, level]);
	return null;
}
