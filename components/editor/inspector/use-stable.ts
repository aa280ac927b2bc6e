"use client";

import { useRef } from "react";
import { isSameJson } from "@/server/plan/values/same-json";
import { type EditorState, useEditor } from "../editor-store";

/** Reads something that is made anew each time, and redraws only when it says something else. */
export function useStable<T>(select: (state: EditorState) => T): T {
	const last = useRef<{ value: T } | null>(null);
	return useEditor((state) => {
		const value = select(state);
		if (last.current && isSameJson(last.current.value, value)) return last.current.value;
		last.current = { value };
		return value;
	});
}
