/** `Sun 29 Nov`, in a time zone. */
export function zonedDay(timeZone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", day: "numeric", month: "short" });
}

/** `15:10`, in a time zone; with seconds where they are not all zero. */
export function zonedTime(timeZone: string, hasSeconds = false): Intl.DateTimeFormat {
	const second = hasSeconds ? ("2-digit" as const) : undefined;
	return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", second, hourCycle: "h23" });
}
