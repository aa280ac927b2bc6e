"use client";

import { formatDuration, formatRoughDuration } from "./format/format-time";
import { useNow } from "./hooks/use-now";

interface LiveDurationProps {
	from: number;
	/** Left out while it lasts. */
	to?: number;
}

/** How long something took, or has taken until now. */
export function LiveDuration({ from, to }: LiveDurationProps) {
	return to === undefined ? <Ticking from={from} /> : formatDuration(to - from);
}

function Ticking({ from }: { from: number }) {
	const now = useNow(Date.now() - from < 60_000 ? 100 : 1_000);
	return formatDuration(Math.max(100, now - from));
}

/** `again in 4 s`, counting down. */
export function RetryCountdown({ at }: { at: number }) {
	const now = useNow(250);
	const seconds = Math.ceil((at - now) / 1_000);
	return seconds > 0 ? `again in ${seconds} s` : "again now";
}

/** For how long something has lasted until now, in round words. */
export function RoughAge({ from }: { from: number }) {
	const now = useNow(10_000);
	return formatRoughDuration(Math.max(1_000, now - from));
}
