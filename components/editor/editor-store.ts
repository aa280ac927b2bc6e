"use client";

import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { PlanEdit } from "@/server/plan/edits/plan-edit";
import type { Plan } from "@/server/plan/plan";
import {
	type History,
	NO_HISTORY,
	NOTHING_SELECTED,
	recordEntry,
	redoEntry,
	type Selection,
	sealHistory,
	undoEntry,
} from "./history";

/** The draft as the server has it. */
export interface SavedDraft {
	revision: number;
	plan: Plan;
}

export interface ApplyOptions {
	/** Edits in a row with the same key (one field being typed in) are undone together. */
	coalesce?: string;
	/** It belongs to the edit before with that key, however long ago that was: what was typed is settled. */
	isEnd?: boolean;
	/** What is selected afterwards: these, or what the edit `added`. Otherwise the selection stays, less what is gone. */
	select?: Partial<Selection> | "added";
}

export interface EditorState {
	plan: Plan;
	selection: Selection;
	history: History;
	/** The last draft that the server has: the base of the next save and of a merge. */
	saved: SavedDraft;
	/** Makes an edit that can be undone; one that changes nothing leaves no trace. True when it changed the plan. */
	apply(label: string, edit: PlanEdit, options?: ApplyOptions): boolean;
	/** Returns the label of what was undone or redone, to be announced; undefined when there is nothing left. */
	undo(): string | undefined;
	redo(): string | undefined;
	/** Ends the typing in a field, as on blur. */
	seal(): void;
	select(selection: Partial<Selection>): void;
	/** The server has taken a draft. Edits made since then stay unsaved. */
	markSaved(saved: SavedDraft): void;
}

export type EditorStore = StoreApi<EditorState>;

/**
 * The unsaved plan with its selection and its history; data of the server stays in its queries.
 * @param now milliseconds, to tell typing on from typing again.
 */
export function createEditorStore(
	{ saved, plan = saved.plan }: { saved: SavedDraft; plan?: Plan },
	now: () => number = () => performance.now(),
): EditorStore {
	return createStore<EditorState>((set, get) => ({
		plan,
		selection: NOTHING_SELECTED,
		history: NO_HISTORY,
		saved,
		apply(label, edit, { coalesce, isEnd, select } = {}) {
			const { plan: before, selection, history } = get();
			const after = edit(before);
			if (after === before) return false;
			const chosen = chooseSelection({ before, after }, selection, select);
			const step = {
				label,
				before: { plan: before, selection },
				after: { plan: after, selection: keepExisting(after, chosen) },
				coalesce,
				isEnd,
				at: now(),
			};
			const recorded = recordEntry(history, step);
			set({ ...recorded.snapshot, history: recorded.history });
			return true;
		},
		undo: () => step(set, undoEntry(get().history)),
		redo: () => step(set, redoEntry(get().history)),
		seal: () => set({ history: sealHistory(get().history) }),
		select: (selection) => {
			const { plan: current, selection: old } = get();
			const next = keepExisting(current, { ...NOTHING_SELECTED, ...selection });
			if (!sameSelection(old, next)) set({ selection: next });
		},
		markSaved: (draft) => set({ saved: draft }),
	}));
}

/** Whether there is something that the server does not have yet. */
export function isUnsaved({ plan, saved }: EditorState): boolean {
	return plan !== saved.plan;
}

function step(set: EditorStore["setState"], taken: ReturnType<typeof undoEntry>): string | undefined {
	if (!taken) return undefined;
	set({ ...taken.snapshot, history: taken.history });
	return taken.label;
}

function chooseSelection(
	{ before, after }: { before: Plan; after: Plan },
	selection: Selection,
	select: ApplyOptions["select"],
): Selection {
	if (select === undefined) return selection;
	if (select !== "added") return { ...NOTHING_SELECTED, ...select };
	const nodes = new Set(before.nodes.map(({ id }) => id));
	const notes = new Set(before.notes.map(({ id }) => id));
	const added = after.nodes.filter(({ id }) => !nodes.has(id));
	const inside = new Set(added.map(({ id }) => id));
	return {
		nodes: added.flatMap(({ id, parent }) => (parent !== undefined && inside.has(parent) ? [] : [id])),
		edges: [],
		notes: after.notes.flatMap(({ id }) => (notes.has(id) ? [] : [id])),
	};
}

function keepExisting(plan: Plan, selection: Selection): Selection {
	const nodes = keep(
		selection.nodes,
		plan.nodes.map(({ id }) => id),
	);
	const edges = keep(selection.edges, plan.edges.map(edgeKey));
	const notes = keep(
		selection.notes,
		plan.notes.map(({ id }) => id),
	);
	const isSame = nodes === selection.nodes && edges === selection.edges && notes === selection.notes;
	return isSame ? selection : { nodes, edges, notes };
}

function keep(ids: readonly string[], known: readonly string[]): readonly string[] {
	if (ids.length === 0) return ids;
	const existing = new Set(known);
	return ids.every((id) => existing.has(id)) ? ids : ids.filter((id) => existing.has(id));
}

function sameSelection(a: Selection, b: Selection): boolean {
	const pairs = [
		[a.nodes, b.nodes],
		[a.edges, b.edges],
		[a.notes, b.notes],
	] as const;
	return pairs.every(([one, other]) => one.length === other.length && one.every((id, index) => id === other[index]));
}

export const EditorContext = createContext<EditorStore | null>(null);

/** Reads a slice of the editor around this component: a narrow one, so that typing in a field redraws that field. */
export function useEditor<T>(select: (state: EditorState) => T): T {
	return useStore(useEditorStore(), select);
}

/** The editor's store itself, for handlers that read it when something happens. */
export function useEditorStore(): EditorStore {
	const store = useContext(EditorContext);
	if (!store) throw new Error("useEditor needs an editor around it.");
	return store;
}
