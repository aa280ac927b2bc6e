import { cn } from "@/components/ui/class-names";
import { formatDuration } from "@/components/ui/format-time";
import { percent, RowLabel, type TimeScale } from "./timeline";
import type { TimelineBar, TimelineRow } from "./timeline-rows";

/** A row's bars and its duration. */
export function TimelineBars({ row, scale }: { row: TimelineRow; scale: TimeScale }) {
	const end = row.bars.at(-1)?.to ?? scale.now;
	const begin = row.bars[0]?.from ?? end;
	const side = labelSide((begin - scale.zero) / scale.span, (end - scale.zero) / scale.span);
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
				<RowLabel row={row} />
			</span>
		</div>
	);
}

/** Right of the last bar; where there is no room, left of the first; else on the bar's end. */
function labelSide(begin: number, end: number): "after" | "before" | "within" {
	if (end <= 0.82) return "after";
	return begin > 0.25 ? "before" : "within";
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
