"use client";

import { useEffect, useRef, useState } from "react";
import { PlacedRow, ROW, TimelineSheet, useTimeline } from "@/components/runs/timeline/timeline-sheet";
import type { StillProps } from "./still-props";

/** Until the browser has measured: as on a desktop's page. */
const WIDTH = 1_080;
/** Beyond, rows are drawn as they are scrolled to, which has to be loaded. */
const MAX_ROWS = 100;

/** The timeline of a run without what draws very long ones. */
export function StillTimeline({ screen, onUse }: StillProps) {
	const timeline = useTimeline({ screen, hideInstant: true });
	const { rows } = timeline;
	const box = useRef<HTMLDivElement>(null);
	const [boxWidth, setBoxWidth] = useState(WIDTH);
	const isBegun = timeline.scale !== null;
	useEffect(() => {
		const element = box.current;
		if (!isBegun || !element) return;
		const observer = new ResizeObserver(() => setBoxWidth(element.clientWidth));
		observer.observe(element);
		return () => observer.disconnect();
	}, [isBegun]);
	return (
		<div className="h-full" onWheel={() => rows.length > MAX_ROWS && onUse()}>
			<TimelineSheet timeline={timeline} box={box} width={boxWidth} height={rows.length * ROW}>
				{(width, scale) =>
					rows
						.slice(0, MAX_ROWS)
						.map((row, index) => (
							<PlacedRow key={row.key} timeline={timeline} row={row} top={index * ROW} width={width} scale={scale} />
						))
				}
			</TimelineSheet>
		</div>
	);
}
