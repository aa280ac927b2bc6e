const LIMITED = /rate.?limit|too many requests|usage limit|quota|resource_exhausted|overloaded|\b429\b|\b529\b/i;
const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };
const MAX_WAIT_SECONDS = 6 * 3_600;

/**
 * Whether a failure only means that it was too much at a time, and how long to wait where that is said: as a time since the
 * epoch behind a bar (Claude Code), or in words such as `try again in 1m 30s`.
 */
export function readRateLimit(text: string, now = Date.now()): { retryAfterSeconds?: number } | undefined {
	if (!LIMITED.test(text)) return undefined;
	const epoch = /\|(\d{10})\b/.exec(text)?.[1];
	const seconds = epoch === undefined ? secondsIn(text) : Number(epoch) - now / 1_000;
	if (seconds === undefined || seconds <= 0) return {};
	return { retryAfterSeconds: Math.min(MAX_WAIT_SECONDS, Math.ceil(seconds)) };
}

function secondsIn(text: string): number | undefined {
	const begin = /(?:retry|try again|resets?|wait)[^\d\n]{0,30}/i.exec(text);
	if (begin === null) return undefined;
	const rest = text.slice(begin.index + begin[0].length, begin.index + begin[0].length + 60);
	let seconds: number | undefined;
	let at = 0;
	for (;;) {
		const part = /^(\d{1,6}(?:\.\d{1,6})?) {0,2}(ms|s|m|h)[a-z]{0,8}[ ,]{0,2}/i.exec(rest.slice(at));
		if (part === null) return seconds;
		seconds = (seconds ?? 0) + Number(part[1]) * (UNITS[(part[2] ?? "s").toLowerCase()] ?? 1);
		at += part[0].length;
	}
}
