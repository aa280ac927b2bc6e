import { jitterOf } from "./jitter";
import { nextTime } from "./list-times";
import type { ScheduleConfig } from "./schedule-config";

/** A time of a schedule, in ms since 1970. */
export interface Planned {
	due: number;
	/** When its run is to start. */
	start: number;
}

/** The first time of a schedule after `after`; null when there is none. `id` is that of the registered trigger. */
export function nextStart(config: ScheduleConfig, { id, after }: { id: string; after: number }): Planned | null {
	const due = nextTime(config, after);
	return due === null ? null : { due, start: startOf(config, { id, due }) };
}

/** When the runs of times that follow each other are to start. */
export function startsOf(config: ScheduleConfig, { id, dues }: { id: string; dues: readonly number[] }): number[] {
	return dues.map((due, index) => delayed(config, { id, due, next: dues[index + 1] }));
}

/** When the run of a time is to start: later by its jitter, and never past the time that comes next. */
export function startOf(config: ScheduleConfig, { id, due }: { id: string; due: number }): number {
	return delayed(config, { id, due, next: undefined });
}

/** `next` is the time that follows, where that is known. */
function delayed(config: ScheduleConfig, { id, due, next }: { id: string; due: number; next: number | undefined }) {
	if (config.jitterSeconds === 0) return due;
	const gap = ((next ?? nextTime(config, due) ?? Number.POSITIVE_INFINITY) - due) / 1_000;
	return due + jitterOf({ id, time: due, seconds: Math.min(config.jitterSeconds, gap) });
}
