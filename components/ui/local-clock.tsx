"use client";

import { formatClock, formatMoment } from "./format/format-time";
import { useIsAlive } from "./hooks/use-is-alive";

/** A time of day where the browser is. The server does not know where that is: until then its place is kept free. */
export function LocalClock({ at }: { at: number }) {
	const isAlive = useIsAlive();
	return (
		<time dateTime={new Date(at).toISOString()} title={isAlive ? formatMoment(at) : undefined}>
			{isAlive ? formatClock(at) : <span className="invisible">00:00:00</span>}
		</time>
	);
}
