import type { EdgeKey } from "@/server/plan/edits/edge-key";
import type { NodeId, Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";

/** What is selected on the canvas. */
export interface Selection {
	readonly nodes: readonly NodeId[];
	readonly edges: readonly EdgeKey[];
	readonly notes: readonly string[];
}

export const NOTHING_SELECTED: Selection = { nodes: [], edges: [], notes: [] };

/** A plan with what was selected in it. */
export interface Snapshot {
	readonly plan: Plan;
	readonly selection: Selection;
}

/** One edit as it is undone and redone. */
export interface HistoryEntry {
	/** What was done, as in “Undo add step”. */
	readonly label: string;
	readonly before: Snapshot;
	readonly after: Snapshot;
	/** Edits that follow with the same key become part of this one; none once it is sealed. */
	readonly coalesce: string | undefined;
	/** When it was last added to, in milliseconds. */
	readonly at: number;
	/** It ends what was begun under the same key, however long ago. */
	readonly isEnd?: boolean | undefined;
}

/** Every edit of a session. Plans share what an edit leaves alone, so that a step costs little more than its change. */
export interface History {
	readonly past: readonly HistoryEntry[];
	readonly future: readonly HistoryEntry[];
}

export const NO_HISTORY: History = { past: [], future: [] };

/** Older edits than these are forgotten. */
export const MAX_STEPS = 500;

/** A pause in typing after which undo stops. */
export const COALESCE_MS = 1_500;

/**
 * Adds an edit. Typing on in a field is one edit with what was typed there before, and none at all once the field is back
 * to what it was. Whatever was undone is forgotten.
 */
export function recordEntry({ past }: History, entry: HistoryEntry): { snapshot: Snapshot; history: History } {
	const last = past.at(-1);
	const isSoon = entry.isEnd === true || entry.at - (last?.at ?? 0) <= COALESCE_MS;
	const joins = last?.coalesce !== undefined && last.coalesce === entry.coalesce && isSoon;
	if (!joins) return { snapshot: entry.after, history: { past: [...past, entry].slice(-MAX_STEPS), future: [] } };
	const earlier = past.slice(0, -1);
	const { before } = last;
	if (isSameJson(before.plan, entry.after.plan))
		return { snapshot: { ...entry.after, plan: before.plan }, history: { past: earlier, future: [] } };
	return { snapshot: entry.after, history: { past: [...earlier, { ...entry, before }], future: [] } };
}

/** The snapshot before the last edit, and the history from there. */
export function undoEntry({
	past,
	future,
}: History): { snapshot: Snapshot; history: History; label: string } | undefined {
	const entry = past.at(-1);
	if (!entry) return undefined;
	const sealed = { ...entry, coalesce: undefined };
	const history = { past: seal(past.slice(0, -1)), future: [sealed, ...future] };
	return { snapshot: entry.before, history, label: entry.label };
}

/** The snapshot after the edit that was undone last, and the history from there. */
export function redoEntry({
	past,
	future,
}: History): { snapshot: Snapshot; history: History; label: string } | undefined {
	const [entry, ...rest] = future;
	if (!entry) return undefined;
	return { snapshot: entry.after, history: { past: [...past, entry], future: rest }, label: entry.label };
}

/** Ends the last edit: what is typed next, even in the same field, is undone on its own. */
export function sealHistory(history: History): History {
	return history.past.at(-1)?.coalesce === undefined ? history : { ...history, past: seal(history.past) };
}

function seal(past: readonly HistoryEntry[]): readonly HistoryEntry[] {
	const last = past.at(-1);
	return last?.coalesce === undefined ? past : [...past.slice(0, -1), { ...last, coalesce: undefined }];
}
