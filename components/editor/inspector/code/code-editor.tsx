"use client";

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { useEditorStore } from "../../editor-store";
import { isWrittenHere, replaceText } from "../../replace-text";
import type { CodeEditorProps } from "./code-editor-props";
import { useCodeReferences } from "./use-code-references";
import { useExtensions } from "./use-extensions";

/** Edits a text of several lines: its language in colours, its references as chips, completed while they are typed. */
export function CodeEditor(props: CodeEditorProps) {
	const { value, language, kind, isReadOnly, autoFocus = false } = props;
	const frame = useRef<HTMLDivElement>(null);
	const editor = useRef<EditorView>(null);
	const references = useCodeReferences(props, editor);
	const { completion, enter } = references;
	const extensions = useExtensions(props, editor, references);
	const store = useEditorStore();
	const change = useEffectEvent(props.onChange);
	const focus = useEffectEvent(() => {
		if (kind !== "code" && !isReadOnly) enter();
	});
	const blur = useEffectEvent(() => {
		completion.close();
		props.onBlur?.();
		store.getState().seal();
	});
	const open = useEffectEvent(() => {
		const heard = EditorView.updateListener.of((update) => {
			if (isWrittenHere(update)) change(update.state.doc.toString());
		});
		const focused = EditorView.domEventHandlers({
			focus: () => focus(),
			// One that is removed with the caret in it has nothing to say.
			blur: () => (editor.current === null ? undefined : blur()),
		});
		const state = EditorState.create({ doc: value, extensions: [heard, focused, extensions] });
		return new EditorView({ state, parent: frame.current ?? undefined });
	});
	useLayoutEffect(() => {
		const view = open();
		editor.current = view;
		return () => {
			editor.current = null;
			view.destroy();
		};
	}, []);
	useEffect(() => {
		if (editor.current) replaceText(editor.current, value);
	}, [value]);
	useEffect(() => {
		if (autoFocus) editor.current?.focus();
	}, [autoFocus]);
	return (
		<>
			<div
				ref={frame}
				className={cn(
					"h-full max-h-[inherit] phone:text-[16px] [&_.cm-editor]:max-h-[inherit]",
					language === "words" ? "text-13 leading-[22px]" : "font-mono text-12 leading-5 [font-variant-ligatures:none]",
				)}
			/>
			{completion.list}
		</>
	);
}
