"use client";

import { cn } from "./class-names";
import { formatMoment, formatRelative } from "./format/format-time";
import { useNow } from "./hooks/use-now";

/** `2 min ago`, kept up to date; the exact moment is its tooltip. */
export function RelativeTime({ at, className }: { at: Date | number; className?: string }) {
	const now = useNow(30_000);
	const date = new Date(at);
	return (
		<time
			dateTime={date.toISOString()}
			title={formatMoment(date)}
			// The server counted a moment earlier, in a time zone of its own.
			suppressHydrationWarning
			className={cn("tabular-nums", className)}
		>
			{formatRelative(date, Math.max(now, date.getTime()))}
		</time>
	);
}
