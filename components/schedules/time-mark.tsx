import { cn } from "../ui/class-names";
import type { CalendarSchedule } from "./coming-times";

export type PastTime = CalendarSchedule["past"][number];
export type MarkState = "fired" | "late" | "missed" | "skipped" | "coming";

const LOOKS: Record<MarkState, string> = {
	fired: "h-2 w-1 bg-completed",
	late: "h-3.5 w-1 bg-retrying",
	missed: "h-4.5 w-1 bg-failed",
	skipped: "h-1.5 w-2 rounded-[2px] border border-field",
	coming: "h-2 w-1.5 border border-field",
};

const LABELS: Record<MarkState, string> = {
	fired: "fired",
	late: "late",
	missed: "missed",
	skipped: "skipped",
	coming: "to come",
};

/** What came of a time, as it is drawn; one of which no run could be started counts as missed. */
export function stateOf({ verdict, isLate }: PastTime): MarkState {
	if (verdict === "started") return isLate ? "late" : "fired";
	return verdict === "skipped" ? "skipped" : "missed";
}

export function TimeMark({ state, className }: { state: MarkState; className?: string }) {
	return <span aria-hidden="true" className={cn("block flex-none rounded-[1px]", LOOKS[state], className)} />;
}

const STATES: readonly MarkState[] = ["fired", "late", "missed", "skipped", "coming"];

export function Legend() {
	return (
		<ul className="ml-auto flex items-center gap-3 text-12 text-ink-2 phone:hidden">
			{STATES.map((state) => (
				<li key={state} className="flex items-center gap-1.5">
					<TimeMark state={state} />
					{LABELS[state]}
				</li>
			))}
		</ul>
	);
}

/** `Started 4 min late`, of a time that has passed. */
export function tellPast(time: PastTime): string {
	const state = stateOf(time);
	if (state === "missed") return time.times > 1 ? `${time.times} times missed` : time.verdict;
	return LABELS[state];
}
