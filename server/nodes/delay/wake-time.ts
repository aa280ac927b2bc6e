const LONGEST_MS = 366 * 86_400_000;

/**
 * When a delay ends, in milliseconds since the epoch; never before `now`, never more than a year after it.
 * @param config the parsed config: `seconds` to wait, or `until` when
 * @param now milliseconds since the epoch at which the wait began; pass the recorded one when a wait is resumed
 */
export function wakeTime(config: { seconds?: number; until?: string | number }, now: number): number {
	const until = config.until === undefined ? undefined : parseInstant(config.until);
	const end = until ?? now + (config.seconds ?? 0) * 1_000;
	return Math.min(Math.max(end, now), now + LONGEST_MS);
}

/** Milliseconds since the epoch of an ISO 8601 time with its zone, of a plain date (its start in UTC), or of a number. */
export function parseInstant(value: string | number): number | undefined {
	if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
	const text = value.trim();
	const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
	const isInstant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i.test(text);
	const time = isDate || isInstant ? Date.parse(text) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}
