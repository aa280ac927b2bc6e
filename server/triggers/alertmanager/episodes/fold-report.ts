import type { AlertReport } from "../payload/alert-notice";
import { type AlertNote, addNote } from "./alert-note";

/** What of an episode changes as reports of it come. */
export interface EpisodeState {
	status: "firing" | "resolved";
	/** How often it was received. */
	times: number;
	/** As its sender tells it, and when Weft heard of it (ISO); null while it fires. */
	endsAt: string | null;
	resolvedAt: string | null;
	/** When it was received last (ISO); null before. */
	lastAt: string | null;
	notes: AlertNote[];
}

/** So long after an episode was resolved a peer of the cluster may still tell that it fires. */
const LATE_MS = 120_000;

/** An episode that nothing was heard of before. */
export const UNHEARD: EpisodeState = {
	status: "firing",
	times: 0,
	endsAt: null,
	resolvedAt: null,
	lastAt: null,
	notes: [],
};

/**
 * An episode after one more report. Peers of a cluster send in any order: what says that it fires shortly after it was
 * resolved is late; after that it fires again, and is the same episode. @param at when the report came, in ms since 1970
 */
export function foldReport(
	before: EpisodeState,
	report: Pick<AlertReport, "status" | "endsAt">,
	at: number,
): EpisodeState {
	const now = new Date(at).toISOString();
	// Another trigger at the same address has told of it already.
	if (before.lastAt === now && before.status === report.status) return before;
	const what = happeningOf(before, report.status, at);
	const notes = addNote(before.notes, { at: now, what });
	const heard = { ...before, times: before.times + 1, lastAt: now, notes };
	if (what === "resolved") return { ...heard, status: "resolved", endsAt: report.endsAt ?? now, resolvedAt: now };
	if (what === "fired-again") return { ...heard, status: "firing", endsAt: null, resolvedAt: null };
	return heard;
}

function happeningOf(before: EpisodeState, status: AlertReport["status"], at: number): AlertNote["what"] {
	if (status === "resolved") return before.resolvedAt === null ? "resolved" : "repeated";
	if (before.times === 0) return "fired";
	if (before.resolvedAt === null) return "repeated";
	return at - Date.parse(before.resolvedAt) < LATE_MS ? "late" : "fired-again";
}
