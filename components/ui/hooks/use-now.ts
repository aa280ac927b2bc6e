"use client";

import { createContext, useContext, useEffect, useState } from "react";

/** The moment that is shown in the place of now, as in a film; null where the present is. */
export const ShownMoment = createContext<number | null>(null);

/**
 * The time now, read again every `everyMs`: for "2 min ago" and for clocks of what is running.
 * @param everyMs null stands still.
 */
export function useNow(everyMs: number | null): number {
	const shown = useContext(ShownMoment);
	const [now, setNow] = useState(() => Date.now());
	const pace = shown === null ? everyMs : null;
	useEffect(() => {
		if (pace === null) return;
		setNow(Date.now());
		const timer = setInterval(() => setNow(Date.now()), pace);
		return () => clearInterval(timer);
	}, [pace]);
	return shown ?? now;
}
