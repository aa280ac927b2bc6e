const DAY = 86_400_000;

export interface ClockChange {
	/** The first moment of the new time, ms since 1970. */
	at: number;
	/** By how much clocks are set: 60 forward, -60 back. */
	minutes: number;
}

/** When the clocks of a time zone are changed, after `from` and up to `to` (ms since 1970). */
export function listClockChanges(timeZone: string, { from, to }: { from: number; to: number }): ClockChange[] {
	const offsetAt = offsetIn(timeZone);
	const changes: ClockChange[] = [];
	for (let start = from; start < to; start += DAY) {
		const end = Math.min(start + DAY, to);
		const before = offsetAt(start);
		const after = offsetAt(end);
		if (before !== after) changes.push({ at: firstWith(offsetAt, after, { start, end }), minutes: after - before });
	}
	return changes;
}

function firstWith(offsetAt: (at: number) => number, offset: number, { start, end }: { start: number; end: number }) {
	let low = start;
	let high = end;
	while (high - low > 1_000) {
		const middle = Math.floor((low + high) / 2);
		if (offsetAt(middle) === offset) high = middle;
		else low = middle;
	}
	return Math.floor(high / 1_000) * 1_000;
}

/** How far a time zone is ahead of UTC at a moment, in minutes. */
export function offsetIn(timeZone: string): (at: number) => number {
	const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
	return (at) => {
		const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
		const [, sign, hours, minutes = "0"] = /^GMT([+-])(\d\d):?(\d\d)?/.exec(name) ?? [];
		return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
	};
}
