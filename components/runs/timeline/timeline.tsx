"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { RunScreen } from "../use-run-screen";
import { AXIS, PlacedRow, ROW, TimelineSheet, useTimeline } from "./timeline-sheet";

/** When each step ran, attempt by attempt. */
export function Timeline({ screen, hideInstant }: { screen: RunScreen; hideInstant: boolean }) {
	const timeline = useTimeline({ screen, hideInstant });
	const { rows } = timeline;
	const box = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => box.current,
		estimateSize: () => ROW,
		scrollMargin: AXIS,
		overscan: 10,
	});
	return (
		<TimelineSheet timeline={timeline} box={box} width={list.scrollRect?.width ?? 0} height={list.getTotalSize()}>
			{(width, scale) =>
				list.getVirtualItems().map(({ index, start }) => {
					const row = rows[index];
					return (
						row && (
							<PlacedRow key={row.key} timeline={timeline} row={row} top={start - AXIS} width={width} scale={scale} />
						)
					);
				})
			}
		</TimelineSheet>
	);
}
