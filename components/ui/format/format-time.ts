const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in milliseconds: `0.4 s`, `21.4 s`, `3 m 58 s`, `1 h 02 m`, `2 d 3 h`. */
export function formatDuration(ms: number): string {
	const span = Math.max(0, ms);
	if (span < 10) return `${Math.round(span)} ms`;
	if (span < MINUTE - 50) return `${(span / SECOND).toFixed(span < 95 ? 2 : 1)} s`;
	const seconds = Math.round(span / SECOND);
	if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
	const minutes = Math.round(span / MINUTE);
	if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
	return `${Math.floor(span / DAY)} d ${Math.floor((span % DAY) / HOUR)} h`;
}

/** A span in round words: `20 s`, `4 min`, `1 h 16 min`, `2 days 3 h`. */
export function formatRoughDuration(ms: number): string {
	if (ms < 1_500) return "1 s";
	if (ms < 90 * SECOND) return `${Math.round(ms / SECOND)} s`;
	const minutes = Math.round(ms / MINUTE);
	if (minutes < 60) return `${minutes} min`;
	if (minutes < 2 * 1_440) return inTwo([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
	return inTwo([Math.floor(ms / DAY), "days"], [Math.floor((ms % DAY) / HOUR), "h"]);
}

function inTwo(large: [number, string], small: [number, string]): string {
	return small[0] === 0 ? large.join(" ") : [...large, ...small].join(" ");
}

/** How long ago something was: `just now`, `2 min ago`, `1 h ago`, `3 days ago`, then its date. */
export function formatRelative(at: Date | number, now: Date | number): string {
	const passed = Number(now) - Number(at);
	if (passed < 5 * SECOND) return "just now";
	if (passed < MINUTE) return `${Math.floor(passed / SECOND)} s ago`;
	if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
	if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
	const days = Math.floor(passed / DAY);
	if (days === 1) return "yesterday";
	return days < 14 ? `${days} days ago` : formatDate(at);
}

/** How soon something will be: `in a moment`, `in 5 min`, `in 3 h`, `in 6 days`. */
export function formatUntil(at: Date | number, now: Date | number): string {
	const left = Number(at) - Number(now);
	if (left < MINUTE) return "in a moment";
	if (left < HOUR) return `in ${Math.round(left / MINUTE)} min`;
	if (left < 2 * DAY) return `in ${Math.round(left / HOUR)} h`;
	return `in ${Math.round(left / DAY)} days`;
}

const DATE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

let reader = formatsIn(null);

/** Shows times in the reader's time zone (an IANA name) from now on; in the browser's with null. */
export function showTimesIn(timeZone: string | null): void {
	if (timeZone !== reader.timeZone) reader = formatsIn(timeZone);
}

function formatsIn(timeZone: string | null) {
	const zone = timeZone === null ? {} : { timeZone };
	const date = new Intl.DateTimeFormat("en-GB", { ...DATE, ...zone });
	return { timeZone, date, clock: new Intl.DateTimeFormat("en-GB", { ...CLOCK, ...zone }) };
}

/** `14:02:11`, in the reader's time zone. */
export function formatClock(at: Date | number): string {
	return reader.clock.format(at);
}

/** The day of something, as the head of a list: `Today`, `Yesterday`, then its date; in the reader's time zone. */
export function formatDay(at: Date | number, now: Date | number): string {
	const day = formatDate(at);
	if (day === formatDate(now)) return "Today";
	return day === formatDate(Number(now) - DAY) ? "Yesterday" : day;
}

/** `21 Nov 2026`, in the reader's time zone. */
function formatDate(at: Date | number): string {
	return reader.date.format(at);
}

/** The whole truth, for tooltips: `21 Nov 2026, 14:02:11`. */
export function formatMoment(at: Date | number): string {
	return `${formatDate(at)}, ${formatClock(at)}`;
}

function pad(number: number): string {
	return String(number).padStart(2, "0");
}
