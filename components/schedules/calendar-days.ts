import type { CalendarDay } from "@/server/triggers/schedule/times/list-days";

/** So many days stand on the calendar at once. */
export const CALENDAR_DAYS = 14;
const DAY_MS = 86_400_000;
/** As far ahead as it is looked, and as far back as is remembered. */
const AHEAD_DAYS = 730;
const BACK_DAYS = 90;

export function addDays(date: string, days: number): string {
	return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the week that a date is in. */
export function mondayOf(date: string): string {
	return addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
}

/** The first and the last date to which the calendar goes. */
export function boundsOf(today: string): { min: string; max: string } {
	return { min: mondayOf(addDays(today, -BACK_DAYS)), max: addDays(today, AHEAD_DAYS) };
}

/** Where a moment lies among the days: 0 at the beginning of the first, 1 at the end of the last; null outside of them. */
export function placeOf(days: readonly CalendarDay[], at: number): number | null {
	const index = days.findIndex(({ start, end }) => at >= start && at < end);
	const day = days[index];
	return day ? (index + (at - day.start) / (day.end - day.start)) / days.length : null;
}
