import { dateIn, listTimes } from "./list-times";

const DAY_MS = 86_400_000;

export interface CalendarDay {
	/** As `2026-11-29`. */
	date: string;
	/** Its first moment and the first of the next day, in ms since 1970: 23 or 25 hours apart where clocks change. */
	start: number;
	end: number;
}

/** So many days of a time zone from a date on. */
export function listDays(timeZone: string, first: string, count: number): CalendarDay[] {
	const dateOf = dateIn(timeZone);
	const midnights = listTimes(
		{ cron: "0 0 * * *", timeZone, except: [] },
		{ after: Date.parse(first) - 2 * DAY_MS, limit: count + 5 },
	).filter((at) => dateOf(at) >= first);
	return midnights.slice(0, count).map((start, index) => {
		return { date: dateOf(start), start, end: midnights[index + 1] ?? start + DAY_MS };
	});
}
