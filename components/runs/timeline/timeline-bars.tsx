import { cn } from "@/components/ui/class-names";
import { formatDuration } from "@/components/ui/format/format-time";
import { LiveDuration } from "@/components/ui/live-duration";
import { percent, type TimeScale } from "./time-scale";
import type { TimelineBar, TimelineRow } from "./timeline-row";
import { labelSide } from "./timeline-rows";

interface TimelineBarsProps {
	row: TimelineRow;
	scale: TimeScale;
	/** In px. */
	width: number;
}

/** A row's bars and its duration. */
export function TimelineBars({ row, scale, width }: TimelineBarsProps) {
	const end = row.bars.at(-1)?.to ?? scale.now;
	const begin = row.bars[0]?.from ?? end;
	const px = width / scale.span;
	const bars = { begin: (begin - scale.zero) * px, end: (end - scale.zero) * px, width };
	const text = row.label ?? formatDuration(scale.now - (row.labelFrom ?? scale.now));
	const covers = labelSide(bars, text) === "within" && row.short !== undefined;
	const side = labelSide(bars, covers ? (row.short ?? text) : text);
	return (
		<div className="pointer-events-none relative h-full flex-1">
			{row.bars.map((bar) => (
				<Bar key={`${bar.kind}${bar.from}`} bar={bar} scale={scale} />
			))}
			<span
				className={cn(
					"absolute top-[3px] whitespace-nowrap px-1.5 font-mono text-11 text-ink-2 tabular-nums [font-variant-ligatures:none]",
					side !== "after" && "-translate-x-full",
					side === "within" && "-ml-1 rounded-1 bg-panel",
				)}
				style={{ left: percent(scale, side === "before" ? begin : end) }}
			>
				{covers ? row.short : <RowLabel row={row} />}
			</span>
		</div>
	);
}

function Bar({ bar, scale }: { bar: TimelineBar; scale: TimeScale }) {
	const to = bar.to ?? scale.now;
	const width = Math.max(0, ((to - bar.from) / scale.span) * 100);
	return (
		<b
			data-state={bar.look}
			title={formatDuration(to - bar.from)}
			className={cn(
				"pointer-events-auto absolute min-w-[3px] overflow-hidden",
				bar.kind === "line" ? "top-[9px] h-[3px] rounded-[2px] bg-(--c)" : "top-[5px] h-[11px] rounded-[3px]",
				bar.kind === "work" &&
					(bar.look === "completed" ? "bg-[color-mix(in_oklab,var(--c)_72%,var(--panel))]" : "bg-(--c)"),
				bar.kind === "wait" &&
					"bg-[repeating-linear-gradient(135deg,color-mix(in_oklab,var(--c)_60%,var(--panel))_0_2px,var(--cs)_2px_5px)]",
			)}
			style={{ left: percent(scale, bar.from), width: `${width}%` }}
		>
			{bar.failed && (
				<em className="absolute inset-0 right-[3px] text-right font-semibold text-[11px] text-(--on-state) not-italic leading-[11px]">
					×
				</em>
			)}
		</b>
	);
}

function RowLabel({ row }: { row: TimelineRow }) {
	return row.labelFrom === undefined ? row.label : <LiveDuration from={row.labelFrom} />;
}
