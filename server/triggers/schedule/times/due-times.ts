import { listTimes } from "./list-times";
import { startOf } from "./next-start";
import type { ScheduleConfig } from "./schedule-config";

/** A start that is later than this was missed: Weft did not run, or had no worker. */
export const MISSED_AFTER_MS = 60_000;

/** More times than this are counted as this many. */
export const COUNTED = 10_000;

/** A time that has come, in ms since 1970, and by how much later than planned it is dealt with. */
export interface DueTime {
	due: number;
	lateMs: number;
}

export interface DueTimes {
	/** Those that start a run now, the earliest first. */
	starts: DueTime[];
	/** How many start none, and the last of them. */
	missed: (DueTime & { times: number }) | null;
	/** The last of all that have come; null when none has. */
	last: number | null;
}

interface Span {
	/** The id of the registered trigger. */
	id: string;
	/** In ms since 1970, both included. */
	due: number;
	now: number;
}

/** What is to be done about the times of a schedule from `due` to `now`. */
export function sortDueTimes(config: ScheduleConfig, { id, due, now }: Span): DueTimes {
	const lateOf = (time: number): DueTime => ({ due: time, lateMs: now - startOf(config, { id, due: time }) });
	const times = listCome(config, { due, now });
	const last = times.at(-1);
	// Only the last can still be waiting for its jitter, which ends before the next time.
	if (last !== undefined && lateOf(last).lateMs < 0) times.pop();
	const firstOnTime = times.findLastIndex((time) => lateOf(time).lateMs > MISSED_AFTER_MS) + 1;
	const late = times.slice(0, firstOnTime);
	const onTime = times.slice(firstOnTime);
	const left = late.slice(0, late.length - madeUp(config, { late: late.length, isOnTime: onTime.length > 0 }));
	const lastLeft = left.at(-1);
	return {
		starts: [...late.slice(left.length), ...onTime].map(lateOf),
		missed: lastLeft === undefined ? null : { times: left.length, ...lateOf(lastLeft) },
		last: times.at(-1) ?? null,
	};
}

/** How many of the late times get a run. One that starts now stands for those before it, if one run is to. */
function madeUp({ missed, missedRuns }: ScheduleConfig, { late, isOnTime }: { late: number; isOnTime: boolean }) {
	if (missed === "skip") return 0;
	if (missed === "once") return isOnTime ? 0 : Math.min(1, late);
	return Math.min(missedRuns, late);
}

/** The times of a span in their order; of one with thousands of them the first and the last. */
function listCome(config: ScheduleConfig, { due, now }: Omit<Span, "id">): number[] {
	const times = listTimes(config, { after: due - 1, until: now, limit: COUNTED });
	const counted = times.at(COUNTED - 1);
	return counted === undefined ? times : [...times, ...listLatest(config, now).filter((time) => time > counted)];
}

/** The last times before `now`, of a schedule that has had thousands of them. */
function listLatest(config: ScheduleConfig, now: number): number[] {
	for (let window = 3_600_000; ; window *= 4) {
		const times = listTimes(config, { after: now - window, until: now, limit: COUNTED });
		if (times.length > config.missedRuns) return times;
	}
}
