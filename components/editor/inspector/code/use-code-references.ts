"use client";

import type { EditorView } from "@codemirror/view";
import type { RefObject } from "react";
import { writeReference } from "@/server/plan/expressions/write-reference";
import { type Completion, useCompletion } from "../references/use-completion";
import { useInsertTarget } from "../references/use-insert-target";
import type { CodeEditorProps } from "./code-editor-props";

export interface CodeReferences {
	completion: Completion;
	/** Makes this the field that picked references go to. */
	enter: () => void;
	/** Writes a reference in the place of what is selected, or at a place. */
	insert: (path: readonly string[], at?: number) => void;
}

/** References in a text of several lines: completed as they are typed, picked beside it, or dropped on it. */
export function useCodeReferences(
	{ kind, inside, label }: CodeEditorProps,
	editor: RefObject<EditorView | null>,
): CodeReferences {
	const style = kind === "cel" ? "bare" : "braces";
	const completion = useCompletion({
		style,
		inside,
		anchor: () => lineOfCaret(editor.current),
		onChoose: ({ from, to }, written) => editor.current && write(editor.current, { from, to }, written),
	});
	const insert = (path: readonly string[], at?: number) => {
		const view = editor.current;
		if (!view) return;
		const { from, to } = at === undefined ? view.state.selection.main : { from: at, to: at };
		write(view, { from, to }, writeReference(path, style));
		view.focus();
	};
	return { completion, enter: useInsertTarget({ label, inside, insert }), insert };
}

function write(view: EditorView, { from, to }: { from: number; to: number }, text: string): void {
	view.dispatch({
		changes: { from, to, insert: text },
		selection: { anchor: from + text.length },
		userEvent: "input.reference",
		scrollIntoView: true,
	});
}

/** As wide as the field, as high as the line that the caret is in. */
function lineOfCaret(view: EditorView | null): DOMRect {
	if (!view) return new DOMRect();
	const box = view.dom.getBoundingClientRect();
	const caret = view.coordsAtPos(view.state.selection.main.head);
	return caret ? new DOMRect(box.left, caret.top, box.width, caret.bottom - caret.top) : box;
}
