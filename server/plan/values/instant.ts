/** Milliseconds since the epoch of an ISO 8601 time with its zone, of a plain date (its start in UTC), or of a number. */
export function parseInstant(value: string | number): number | undefined {
	if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
	const text = value.trim();
	const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
	const isInstant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i.test(text);
	const time = isDate || isInstant ? Date.parse(text) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}
