const UNITS: Readonly<Record<string, number>> = {
	...{
		s: 1,
		sec: 1,
		second: 1,
		m: 60,
		min: 60,
		minute: 60,
		h: 3_600,
		hour: 3_600,
		d: 86_400,
		day: 86_400,
		week: 604_800,
	},
};
const WORDS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, five: 5, ten: 10, half: 0.5 };

/** How long a text says, in seconds: `5 minutes`, `an hour`, `2h`. */
export function readSeconds(text: string): number | undefined {
	const [, count = "", unit = ""] =
		/\b(\d{1,6}(?:\.\d{1,3})?|an?|one|two|three|five|ten)\s?(seconds?|sec|s|minutes?|min|m|hours?|h|days?|d|weeks?)\b/i.exec(
			text,
		) ?? [];
	const size = UNITS[unit.toLowerCase().replace(/(?<=.)s$/, "")] ?? UNITS[unit.toLowerCase()];
	if (size === undefined) return undefined;
	return Math.round((WORDS[count.toLowerCase()] ?? Number(count)) * size);
}

/** How often a text says: `3 times`, `up to 5 attempts`, `twice`. */
export function readTimes(text: string): number | undefined {
	if (/\btwice\b/i.test(text)) return 2;
	const [, count] = /\b(\d{1,4})\s?(?:times|attempts|tries|x|iterations|rounds)\b/i.exec(text) ?? [];
	return count === undefined ? undefined : Number(count);
}
