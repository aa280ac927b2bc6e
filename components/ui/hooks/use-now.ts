"use client";

import { useEffect, useState } from "react";

/**
 * The time now, read again every `everyMs`: for "2 min ago" and for clocks of what is running.
 * @param everyMs null stands still.
 */
export function useNow(everyMs: number | null): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		if (everyMs === null) return;
		setNow(Date.now());
		const timer = setInterval(() => setNow(Date.now()), everyMs);
		return () => clearInterval(timer);
	}, [everyMs]);
	return now;
}
