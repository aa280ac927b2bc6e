"use client";

import { useCallback } from "react";
import type { Issue } from "@/server/plan/issue";
import { useEditorSession } from "../editor-session";
import { useShowNode } from "./show-node";

/** Leads to a problem: its step is selected and in view, and the field that is wrong has the focus. */
export function useShowProblem(): (issue: Issue) => void {
	const { editor } = useEditorSession();
	const show = useShowNode();
	return useCallback(
		({ nodeId }) => {
			editor.getState().select(nodeId === undefined ? {} : { nodes: [nodeId] });
			if (nodeId !== undefined) show(nodeId, { focus: false });
			requestAnimationFrame(() => requestAnimationFrame(() => focusWrongField()));
		},
		[editor, show],
	);
}

function focusWrongField(): void {
	const panel = document.querySelector("[data-inspector]");
	const field = panel?.querySelector<HTMLElement>(
		`:is(${FIELDS})[aria-invalid=true], [aria-invalid=true] :is(${FIELDS})`,
	);
	field?.focus();
}

const FIELDS = "input, textarea, button, [contenteditable=true]";
