/** What can happen to an episode. */
export type AlertHappening =
	| "fired"
	| "fired-again"
	| "repeated"
	/** A report of its firing that came shortly after it was resolved, as peers of a cluster send it. */
	| "late"
	| "resolved"
	/** Alertmanager does not have it any more, or nothing was heard of it for days. */
	| "gone"
	| "started"
	| "waiting"
	| "handed-over"
	| "cancelled";

export interface AlertNote {
	/** An ISO timestamp: of the last time where several are counted. */
	at: string;
	what: AlertHappening;
	/** How often, where it came several times in a row. */
	count?: number;
	/** The workflow and number of the run it is about. */
	run?: { slug: string; number: number };
}

/** Notes that an episode keeps: how it began, and what came last. */
const FIRST = 10;
const LAST = 40;

/** The notes with one more; what is repeated is counted. */
export function addNote(notes: readonly AlertNote[], note: AlertNote): AlertNote[] {
	const last = notes.at(-1);
	const isRepeated = last?.what === note.what && last.run === undefined && note.run === undefined;
	if (isRepeated) return [...notes.slice(0, -1), { ...note, count: (last.count ?? 1) + 1 }];
	const all = [...notes, note];
	return all.length <= FIRST + LAST ? all : [...all.slice(0, FIRST), ...all.slice(-LAST)];
}
