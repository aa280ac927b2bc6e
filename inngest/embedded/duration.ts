const UNITS: Record<string, number> = {
	ms: 1,
	s: 1_000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
};

/** Milliseconds of a duration as the SDK writes it: `1d2h30m`, `300ms`. Empty is 0. */
export function parseDuration(text: string): number {
	let total = 0;
	for (const [, amount, unit] of text.matchAll(/([\d.]+)(ms|s|m|h|d|w)/g)) {
		total += Number(amount) * (UNITS[unit ?? ""] ?? 0);
	}
	return total;
}

/** The moment (ms since the epoch) that a duration or an ISO date, counted from `from`, stands for. */
export function parseMoment(text: string, from: number): number {
	if (!/^[+-]?\d{4,6}-\d{2}/.test(text)) return from + parseDuration(text);
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? from : moment;
}

const LAST_MOMENT = Date.UTC(9999, 0);

/** Postgres and `Date` cannot hold every moment a function may ask for; the last one they share is late enough. */
export function clampMoment(moment: number): number {
	return Number.isNaN(moment) ? 0 : Math.max(0, Math.min(moment, LAST_MOMENT));
}
