"use client";

import "../canvas/canvas-detail.css";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CANVAS_OPTIONS } from "../canvas/canvas-options";
import { detailAt } from "../canvas/detail-level";
import { CANVAS_DOTS } from "../canvas/picture/canvas-dots";

interface FitPictureProps {
	/** Of the picture at scale 1. */
	width: number;
	height: number;
	/** Where something stands over its left edge, more is left free there. */
	left?: number;
	children: ReactNode;
}

const MARGIN = 28;
/** The smallest scale: beyond, the picture is scrolled. */
const LEAST = CANVAS_OPTIONS.minZoom;
/** Until the browser has measured: as on a desktop's page. */
const FIRST = { width: 1_136, height: 600 };

/** A picture of a plan, as large as it fits into the place around it. Only transformed, so that nothing else moves. */
export function FitPicture({ width, height, left = MARGIN, children }: FitPictureProps) {
	const frame = useRef<HTMLDivElement>(null);
	const [room, setRoom] = useState(FIRST);
	useEffect(() => {
		const element = frame.current;
		if (!element) return;
		const observer = new ResizeObserver(() => setRoom({ width: element.clientWidth, height: element.clientHeight }));
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	const fitting = Math.min((room.width - left - MARGIN) / width, (room.height - 2 * MARGIN) / height);
	const scale = Math.min(1, Math.max(LEAST, fitting));
	const detail = detailAt(scale);
	// As on the canvas: what cannot be read is left out.
	useEffect(() => frame.current?.closest(".weft-canvas")?.setAttribute("data-detail", detail), [detail]);
	const x = Math.max(left, left + (room.width - left - MARGIN - width * scale) / 2);
	const top = Math.max(MARGIN, (room.height - height * scale) / 2);
	return (
		<div ref={frame} className="absolute inset-0 overflow-auto" style={CANVAS_DOTS}>
			<div
				className="absolute top-0 left-0 origin-top-left"
				style={{ transform: `translate(${x}px, ${top}px) scale(${scale})`, width, height }}
			>
				{children}
			</div>
			<div
				aria-hidden="true"
				className="absolute size-px"
				style={{ top: height * scale + 2 * MARGIN - 1, left: width * scale + left + MARGIN - 1 }}
			/>
		</div>
	);
}
