"use client";

import { type ReactNode, useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useState } from "react";
import { type ReferenceStyle, writeReference } from "@/server/plan/expressions/write-reference";
import { useEditorSession } from "../../editor-session";
import { useEditorStore } from "../../editor-store";
import { useInspector } from "../inspector-context";
import { useNodeId } from "../node-fields";
import { CompletionList } from "./completion-list";
import { type CompletionSpan, findCompletion } from "./find-completion";
import { type KnownValues, listReferences, type ReferenceGroup } from "./list-references";
import { type Matches, matchReferences, type Suggestion } from "./match-references";

/** A text that is being typed, with the caret in it. */
export interface Typing {
	text: string;
	caret: number;
}

/** Where the list hangs: as wide as the field, under the line of the caret. */
export type Anchor = () => DOMRect;

interface CompletionOptions {
	style: ReferenceStyle;
	/** The place sees the steps inside a container. */
	inside: boolean;
	anchor: Anchor;
	/** Puts a reference in the place of what was typed of it. */
	onChoose: (span: CompletionSpan, written: string) => void;
}

export interface Completion {
	isOpen: boolean;
	/** After each change of the text or of the caret. */
	follow(typing: Typing, isAsked?: boolean): void;
	/** Takes the keys of the list; false for keys that are the field's own, or the workflow's. */
	press(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">): boolean;
	close(): void;
	/** For the field, so that the chosen line is read out. */
	aria: { "aria-autocomplete": "list"; "aria-controls"?: string; "aria-activedescendant"?: string };
	list: ReactNode;
}

interface Opened {
	span: CompletionSpan;
	/** What was known when the groups were listed. */
	known: KnownValues;
	groups: readonly ReferenceGroup[];
	matches: Matches;
	/** The index of the chosen suggestion, counted through all groups. */
	chosen: number;
}

/** Completion of references in a field: open while one is being typed. */
export function useCompletion({ style, inside, anchor, onChoose }: CompletionOptions): Completion {
	const [opened, setOpened] = useState<Opened | null>(null);
	const list = useReferenceList(inside);
	const { known } = useInspector();
	const id = useId();
	const suggestions = useMemo(() => flatten(opened?.matches), [opened]);
	const choose = (suggestion: Suggestion) => {
		if (opened) onChoose(opened.span, writeReference(suggestion.value.path, opened.span.isInner ? "inner" : style));
		setOpened(null);
	};
	const move = (by: number) =>
		setOpened((now) => now && { ...now, chosen: (now.chosen + by + suggestions.length) % suggestions.length });
	const isOpen = opened !== null && suggestions.length > 0;
	useSayCompleting(isOpen);
	const listAnew = useEffectEvent(() => setOpened((before) => before && open(before.span, { known, list }, before)));
	// The values of the last run may come while a reference is being typed already.
	useEffect(() => {
		if (known) listAnew();
	}, [known]);
	return {
		isOpen,
		follow(typing, isAsked) {
			const span = findCompletion({ ...typing, style }, isAsked);
			setOpened((before) => (span ? open(span, { known, list }, before) : null));
		},
		press({ key, ctrlKey, metaKey }) {
			if (!isOpen || ctrlKey || metaKey) return false;
			const chosen = suggestions[opened.chosen];
			if (key === "ArrowDown") move(1);
			else if (key === "ArrowUp") move(-1);
			else if (key === "Escape") setOpened(null);
			else if ((key === "Enter" || key === "Tab") && chosen) choose(chosen);
			else return false;
			return true;
		},
		close: () => setOpened(null),
		aria: {
			"aria-autocomplete": "list",
			...(isOpen && { "aria-controls": id, "aria-activedescendant": `${id}-${opened.chosen}` }),
		},
		list: isOpen && (
			<CompletionList
				id={id}
				anchor={anchor}
				matches={opened.matches}
				chosen={opened.chosen}
				onChoose={choose}
				onPoint={(chosen) => setOpened({ ...opened, chosen })}
				onClose={() => setOpened(null)}
			/>
		),
	};
}

/** Before the browser paints, so that what is unfinished is at no time shown as wrong. */
function useSayCompleting(isOpen: boolean): void {
	const { setCompleting } = useEditorSession();
	const nodeId = useNodeId();
	useLayoutEffect(() => {
		if (!isOpen) return;
		setCompleting(nodeId);
		return () => setCompleting(null);
	}, [isOpen, setCompleting, nodeId]);
}

/** Reads the plan when completion opens, not while it is being edited. */
function useReferenceList(inside: boolean): () => readonly ReferenceGroup[] {
	const store = useEditorStore();
	const nodeId = useNodeId();
	const { known } = useInspector();
	return () => listReferences({ plan: store.getState().plan, nodeId, inside }, known);
}

/** A choice made with the arrows stays while the caret does. */
function open(span: CompletionSpan, { known, list }: Source, before: Opened | null): Opened {
	const isCurrent = before?.known === known;
	if (before && isCurrent && before.span.typed === span.typed) return { ...before, span };
	const groups = before && isCurrent ? before.groups : list();
	const matches = matchReferences(groups, span.typed);
	const best = flatten(matches).findIndex(({ value }) => value === matches.best);
	return { span, known, groups, matches, chosen: Math.max(best, 0) };
}

interface Source {
	known: KnownValues;
	list: () => readonly ReferenceGroup[];
}

function flatten(matches: Matches | undefined): readonly Suggestion[] {
	return matches?.groups.flatMap(({ suggestions }) => suggestions) ?? [];
}
