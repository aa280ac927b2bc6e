"use client";

import { formatMoment, formatUntil } from "./format/format-time";
import { useNow } from "./hooks/use-now";

/** `in 6 days`, kept up to date; the exact moment is its tooltip. */
export function TimeLeft({ until }: { until: Date | number }) {
	const now = useNow(30_000);
	const date = new Date(until);
	return (
		// The server writes the moment in its own time zone.
		<time dateTime={date.toISOString()} title={formatMoment(date)} suppressHydrationWarning className="tabular-nums">
			{formatUntil(date, now)}
		</time>
	);
}
