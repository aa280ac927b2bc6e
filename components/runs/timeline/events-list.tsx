"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { formatClock } from "@/components/ui/format/format-time";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { RunEvent } from "@/server/runs/events";
import { iterationName } from "../iteration-name";
import type { RunScreen } from "../use-run-screen";
import { describeEvent } from "./describe-event";

/** The run's log of events, as it is recorded. */
export function EventsList({ screen }: { screen: RunScreen }) {
	const events = useStore(screen.store, (record) => record.events);
	const box = useRef<HTMLDivElement>(null);
	const [following, setFollowing] = useState(true);
	const list = useVirtualizer({
		count: events.length,
		getScrollElement: () => box.current,
		estimateSize: () => 24,
		overscan: 16,
	});
	useEffect(() => {
		if (following && events.length > 0) list.scrollToIndex(events.length - 1, { align: "end" });
	}, [following, events.length, list]);
	return (
		<section
			ref={box}
			aria-label="Events"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="h-full overflow-y-auto py-1 font-mono text-11 [font-variant-ligatures:none]"
			onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
				setFollowing(scrollHeight - scrollTop - clientHeight < 8)
			}
		>
			<div className="relative" style={{ height: list.getTotalSize() }}>
				{list.getVirtualItems().map(({ index, start }) => {
					const event = events[index];
					return (
						event && (
							<div key={event.seq} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${start}px)` }}>
								<EventRow event={event} screen={screen} />
							</div>
						)
					);
				})}
			</div>
		</section>
	);
}

function EventRow({ event, screen }: { event: RunEvent; screen: RunScreen }) {
	const { nodeId, iteration } = event;
	const name = nodeId === null ? "" : nameOfNode(screen.drawing.graph, nodeId);
	return (
		<div className="grid h-6 grid-cols-[52px_68px_128px_minmax(80px,200px)_1fr] items-center gap-2 px-4 hover:bg-fill">
			<span className="text-right text-ink-3 tabular-nums">{event.seq}</span>
			<time className="text-ink-3 tabular-nums" dateTime={new Date(event.at).toISOString()}>
				{formatClock(event.at)}
			</time>
			<span className="truncate">{event.type}</span>
			{nodeId === null ? (
				<span />
			) : (
				<button
					type="button"
					className="truncate text-left font-sans text-12 hover:underline"
					onClick={() => screen.select(nodeId, iteration)}
				>
					{name}
					{iteration !== "" && <span className="text-ink-3"> {iterationName(iteration)}</span>}
				</button>
			)}
			<span className="truncate text-ink-2">{describeEvent(event)}</span>
		</div>
	);
}
