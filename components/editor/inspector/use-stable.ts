"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { isSameJson } from "@/server/plan/values/same-json";
import { type EditorSessionState, useEditorSession } from "../editor-session";
import type { EditorState } from "../editor-store";

/** Reads something that is made anew each time, and redraws only when it says something else. */
export function useStable<T>(select: (editor: EditorState, session: EditorSessionState) => T): T {
	const { editor, state } = useEditorSession();
	const last = useRef<{ from: readonly unknown[]; value: T } | null>(null);
	const subscribe = useCallback(
		(onChange: () => void) => {
			const stops = [editor.subscribe(onChange), state.subscribe(onChange)];
			return () => {
				for (const stop of stops) stop();
			};
		},
		[editor, state],
	);
	const read = () => {
		const from = [select, editor.getState(), state.getState()];
		const before = last.current;
		// React asks several times for one change, and the selectors are no short ones.
		if (before?.from.every((part, i) => part === from[i])) return before.value;
		const value = select(editor.getState(), state.getState());
		last.current = { from, value: before && isSameJson(before.value, value) ? before.value : value };
		return last.current.value;
	};
	return useSyncExternalStore(subscribe, read, read);
}
