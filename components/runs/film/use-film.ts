import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, isEnded, type RunState } from "@/server/runs/state";

/** Looking back at a moment of a run that has ended. */
export interface Film {
	/** Milliseconds from the first event to the last; 0 while there is no film of it. */
	length: number;
	/** How far in the moment is that is shown; null where the end is. */
	moment: number | null;
	/** The same as a time of day, in ms since the epoch. */
	at: number | null;
	show: (moment: number | null) => void;
}

/** A moment of a run, as its address may name it (`?moment=4200`), and the state that the run was in then. */
export function useFilm(events: readonly RunEvent[], now: RunState): { film: Film; state: RunState } {
	const asked = useSearchParams().get("moment");
	const [chosen, setMoment] = useState<number | null>(() => readMoment(asked));
	const start = events[0]?.at ?? 0;
	const length = isEnded(now.phase.status) ? (events.at(-1)?.at ?? start) - start : 0;
	const moment = chosen === null || chosen >= length ? null : chosen;
	const at = moment === null ? null : start + moment;
	const passed = at === null ? events.length : countUntil(events, at);
	const isPast = at !== null;
	const state = useMemo(
		() => (isPast ? foldRun(initialRunState, events.slice(0, passed)) : now),
		[isPast, events, passed, now],
	);
	return { film: { length, moment, at, show: setMoment }, state };
}

function readMoment(text: string | null): number | null {
	return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/** Events are recorded in the order of their times, give or take the clocks of two workers. */
function countUntil(events: readonly RunEvent[], at: number): number {
	const next = events.findIndex((event) => event.at > at);
	return next === -1 ? events.length : next;
}

/** The address of this page at a moment of its run. */
export function addressOfMoment(moment: number): string {
	const url = new URL(location.href);
	url.searchParams.set("moment", String(Math.round(moment)));
	return url.href;
}
