"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, type RefObject, useMemo, useState } from "react";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { cn } from "@/components/ui/class-names";
import { useNow } from "@/components/ui/hooks/use-now";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { isEnded } from "@/server/runs/state";
import { endOf, startOf } from "../describe-run";
import type { RunScreen } from "../use-run-screen";
import { percent, type TimeScale } from "./time-scale";
import { TimelineBars } from "./timeline-bars";
import type { TimelineRow } from "./timeline-row";
import { axisLabel, axisTicks, timelineRows } from "./timeline-rows";

/** Left of the bars. */
const NAMES = 188;
/** Right of them. */
const RIGHT = 16;
export const ROW = 21;
export const AXIS = 24;

interface TimelineOf {
	screen: RunScreen<StillDrawing>;
	hideInstant: boolean;
}

/** What the timeline of a run shows, and what of it is folded away. */
export function useTimeline({ screen, hideInstant }: TimelineOf) {
	const { state, drawing } = screen;
	const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
	const rows = useMemo(
		() => timelineRows(drawing.graph, state, { hideInstant, toggled }),
		[drawing, state, hideInstant, toggled],
	);
	const fold = (key: string) =>
		setToggled((before) => {
			const next = new Set(before);
			if (!next.delete(key)) next.add(key);
			return next;
		});
	const isEmptied =
		hideInstant && rows.length === 0 && isEnded(state.phase.status) && Object.keys(state.steps).length > 0;
	return { screen, rows, fold, isEmptied, scale: useScale(screen) };
}

type ShownTimeline = ReturnType<typeof useTimeline>;

interface TimelineSheetProps {
	timeline: ShownTimeline;
	box: RefObject<HTMLDivElement | null>;
	/** Of the box, and of all rows together, in px. */
	width: number;
	height: number;
	/** The rows that are in view, at their places: given the width of their bars. */
	children: (width: number, scale: TimeScale) => ReactNode;
}

/** The axis of time, and the rows on it. */
export function TimelineSheet({ timeline: { scale, isEmptied }, box, width, height, children }: TimelineSheetProps) {
	if (scale === null) return <p className="px-4 py-3 text-12 text-ink-3">Nothing has run yet.</p>;
	const bars = width - NAMES - RIGHT;
	return (
		<div ref={box} className="h-full overflow-y-auto text-12">
			<div className="relative min-h-full">
				<Axis scale={scale} width={bars} />
				{isEmptied && (
					<p className="relative z-10 px-4 py-2 text-ink-2">
						Every step was instant. Turn off “Hide instant steps” to see them.
					</p>
				)}
				<div className="relative" style={{ height }}>
					{children(bars, scale)}
				</div>
			</div>
		</div>
	);
}

interface PlacedRowProps {
	timeline: ShownTimeline;
	row: TimelineRow;
	/** From the top of the rows, in px. */
	top: number;
	width: number;
	scale: TimeScale;
}

export function PlacedRow({ timeline: { screen, fold }, row, top, width, scale }: PlacedRowProps) {
	return (
		<div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${top}px)` }}>
			<Row row={row} scale={scale} width={width} screen={screen} onFold={fold} />
		</div>
	);
}

/** While the run lives there is room at the right, so that bars do not jump with every tick. */
function useScale({ state }: RunScreen<StillDrawing>): TimeScale | null {
	const live = !isEnded(state.phase.status);
	const clock = useNow(live ? 250 : null);
	const zero = startOf(state);
	if (zero === undefined) return null;
	const now = endOf(state) ?? Math.max(clock, zero + 1_000);
	return { zero, now, span: Math.max(1, (now - zero) * (live ? 1.1 : 1.08)), live };
}

function Axis({ scale, width }: { scale: TimeScale; width: number }) {
	const ticks = axisTicks(scale.span, width).map((tick) => ({ tick, left: percent(scale, scale.zero + tick) }));
	return (
		<>
			<div aria-hidden="true" className="sticky top-0 z-20 h-6 bg-panel">
				<AxisFrame>
					{ticks.map(({ tick, left }) => (
						<span
							key={tick}
							className="absolute top-1 -translate-x-1/2 whitespace-nowrap font-mono text-11 text-ink-3"
							style={{ left }}
						>
							{axisLabel(tick)}
						</span>
					))}
				</AxisFrame>
			</div>
			<div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-6 bottom-0">
				<AxisFrame>
					{ticks.map(({ tick, left }) => (
						<i key={tick} className="absolute inset-y-0 w-px bg-line-soft" style={{ left }} />
					))}
					{scale.live && (
						<i className="absolute inset-y-0 z-10 w-px bg-running" style={{ left: percent(scale, scale.now) }} />
					)}
				</AxisFrame>
			</div>
		</>
	);
}

/** The part of a row that its bars stand in. */
function AxisFrame({ children }: { children: ReactNode }) {
	return (
		<div className="absolute inset-y-0" style={{ left: NAMES, right: RIGHT }}>
			{children}
		</div>
	);
}

interface RowProps {
	row: TimelineRow;
	scale: TimeScale;
	/** Of the bars' part, in px. */
	width: number;
	screen: RunScreen<StillDrawing>;
	onFold: (key: string) => void;
}

function Row({ row, scale, width, screen, onFold }: RowProps) {
	const { selected } = screen;
	const on = selected?.id === row.nodeId && selected.view.iteration === row.iteration;
	const { folded } = row;
	const Chevron = folded ? ChevronRight : ChevronDown;
	return (
		<div className={cn("relative flex h-[21px] items-center pr-4", on && "bg-fill")}>
			<div
				className="flex h-full flex-none items-center gap-1.5 pr-3"
				style={{ width: NAMES, paddingLeft: 16 + row.depth * 18 }}
			>
				{folded !== undefined && (
					<button
						type="button"
						aria-label={folded ? `Unfold ${row.name}` : `Fold ${row.name}`}
						aria-expanded={!folded}
						className="relative z-10 text-ink-3"
						onClick={() => onFold(row.key)}
					>
						<Chevron aria-hidden="true" className="size-3" />
					</button>
				)}
				<StateIcon state={row.look === "pending" ? "queued" : row.look} className="size-3.5" />
				<button
					type="button"
					className={cn(
						"min-w-0 truncate text-left leading-4 after:absolute after:inset-0",
						row.depth > 0 && "text-ink-2",
					)}
					onClick={() => screen.select(row.nodeId, row.iteration)}
				>
					{row.name}
				</button>
			</div>
			<TimelineBars row={row} scale={scale} width={width} />
		</div>
	);
}
