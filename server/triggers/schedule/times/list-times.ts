import { Cron } from "croner";
import type { ScheduleTimes } from "./schedule-config";

interface Range {
	/** Times after it, ms since 1970. */
	after: number;
	/** Times up to it, ms since 1970. */
	until?: number;
	/** So many at most. */
	limit: number;
}

/** The times of a schedule, in ms since 1970, in their order; jitter is not in them. */
export function listTimes(times: ScheduleTimes, { after, until = Number.POSITIVE_INFINITY, limit }: Range): number[] {
	const next = nextOf(times);
	const end = Math.min(until, times.endsAt === undefined ? until : Date.parse(times.endsAt));
	const found: number[] = [];
	// The start itself is a time of the schedule when it is one of the pattern.
	let last = Math.max(after, times.startsAt === undefined ? after : Date.parse(times.startsAt) - 1);
	while (found.length < limit) {
		const time = next(last);
		if (time === null || time > end) return found;
		found.push(time);
		last = time;
	}
	return found;
}

/** The first time after `after`; null when there is none any more. */
export function nextTime(times: ScheduleTimes, after: number): number | null {
	return listTimes(times, { after, limit: 1 })[0] ?? null;
}

function nextOf(times: ScheduleTimes): (after: number) => number | null {
	const bare = times.cron === undefined ? nextInterval(times) : nextCron(times.cron, times.timeZone);
	if (times.except.length === 0) return bare;
	const excluded = new Set(times.except);
	const dateOf = dateIn(times.timeZone);
	const nextMidnight = nextCron("0 0 0 * * *", times.timeZone);
	return (after) => {
		let time = bare(after);
		// One step a day at most, however often the schedule fires.
		for (let days = 0; time !== null && excluded.has(dateOf(time)); days += 1) {
			if (days > excluded.size) return null;
			const midnight = nextMidnight(time);
			time = midnight === null ? null : bare(midnight - 1);
		}
		return time;
	};
}

function nextInterval({ everySeconds = 1, startsAt }: ScheduleTimes): (after: number) => number {
	const anchor = startsAt === undefined ? 0 : Date.parse(startsAt);
	const period = everySeconds * 1_000;
	return (after) => anchor + (Math.floor((after - anchor) / period) + 1) * period;
}

function nextCron(expression: string, timezone: string): (after: number) => number | null {
	const cron = new Cron(expression, { timezone, paused: true });
	// Croner counts in whole seconds, and leaves out the second in which it is asked.
	return (after) => cron.nextRun(new Date(Math.floor(after / 1_000) * 1_000))?.getTime() ?? null;
}

/** The day of a moment in a time zone, as `2027-12-24`. */
export function dateIn(timeZone: string): (at: number) => string {
	const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
	return (at) => {
		const { year, month, day } = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
		return `${year}-${month}-${day}`;
	};
}
