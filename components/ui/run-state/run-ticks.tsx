import { cn } from "../class-names";
import { RUN_LOOK_LABELS, type RunLook } from "./run-look";

/** How many runs the row of ticks shows. */
const TICK_COUNT = 20;

const HEIGHTS = {
	queued: "h-4 bg-transparent shadow-[inset_0_0_0_1px_var(--line-strong)]",
	running: "h-3",
	waiting: "h-3",
	retrying: "h-3",
	paused: "h-3",
	completed: "h-2 opacity-[.78]",
	failed: "h-4",
	"timed-out": "h-4",
	cancelled: "h-1",
	skipped: "h-1",
} satisfies Record<RunLook, string>;

export interface Tick {
	number: number;
	state: RunLook;
	/** Of the draft, as it was then. */
	isTest?: boolean;
}

/** The last 20 runs, oldest first: height and colour say how each ended; hollow ticks are runs that never were. */
export function RunTicks({ ticks, className }: { ticks: readonly Tick[]; className?: string }) {
	const shown = ticks.slice(-TICK_COUNT);
	const missing = Array.from({ length: TICK_COUNT - shown.length }, (_, position) => position);
	return (
		<span
			role="img"
			aria-label={describeTicks(shown)}
			className={cn("inline-flex h-5 items-center gap-0.5", className)}
		>
			{missing.map((position) => (
				<i
					key={`none-${position}`}
					className={cn(
						"w-[5px] rounded-[1.5px] shadow-[inset_0_0_0_1px_var(--line-strong)]",
						shown.length ? "h-1" : "h-2",
					)}
				/>
			))}
			{shown.map((tick) => (
				<i
					key={tick.number}
					data-state={tick.state}
					title={`${tick.isTest ? "Test" : "Run"} ${tick.number}: ${RUN_LOOK_LABELS[tick.state].toLowerCase()}`}
					className={cn("w-[5px] rounded-[1.5px] bg-(--c)", HEIGHTS[tick.state])}
				/>
			))}
		</span>
	);
}

function describeTicks(ticks: readonly Tick[]): string {
	if (ticks.length === 0) return "No runs yet";
	const counts = new Map<string, number>();
	for (const { state } of ticks) {
		const label = RUN_LOOK_LABELS[state].toLowerCase();
		counts.set(label, (counts.get(label) ?? 0) + 1);
	}
	const parts = [...counts].map(([label, count]) => `${count} ${label}`);
	return `Last ${ticks.length === 1 ? "run" : `${ticks.length} runs`}: ${parts.join(", ")}`;
}
