"use client";

import CodeMirror, { type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { useEditorStore } from "../../editor-store";
import type { CodeEditorProps } from "./code-editor-props";
import { useCodeReferences } from "./use-code-references";
import { useExtensions } from "./use-extensions";

const WORDS = {
	lineNumbers: false,
	foldGutter: false,
	highlightActiveLine: false,
	highlightActiveLineGutter: false,
	highlightSelectionMatches: false,
	autocompletion: false,
	closeBrackets: false,
	bracketMatching: false,
	searchKeymap: false,
	lintKeymap: false,
	completionKeymap: false,
	// The editor brings its own, which leaves some keys to the workflow.
	defaultKeymap: false,
	// Undo is the workflow's: what is typed here is one of its edits.
	history: false,
	historyKeymap: false,
};
const CODE = { ...WORDS, closeBrackets: true, bracketMatching: true };

/** Edits a text of several lines: its language in colours, its references as chips, completed while they are typed. */
export function CodeEditor(props: CodeEditorProps) {
	const { value, language, kind, placeholder, isReadOnly, autoFocus = false } = props;
	const editor = useRef<ReactCodeMirrorRef>(null);
	const { completion, enter, insert } = useCodeReferences(props, editor);
	const extensions = useExtensions(props, editor, { completion, insert });
	const store = useEditorStore();
	const onChange = useLatest(props.onChange);
	return (
		<>
			<CodeMirror
				ref={editor}
				value={value}
				onChange={onChange}
				theme="none"
				basicSetup={language === "words" ? WORDS : CODE}
				indentWithTab={false}
				extensions={extensions}
				placeholder={placeholder}
				readOnly={isReadOnly}
				autoFocus={autoFocus}
				className={cn(
					"h-full max-h-[inherit] phone:text-[16px] [&_.cm-editor]:max-h-[inherit]",
					language === "words" ? "text-13 leading-[22px]" : "font-mono text-12 leading-5 [font-variant-ligatures:none]",
				)}
				onFocus={() => kind !== "code" && !isReadOnly && enter()}
				onBlur={() => {
					completion.close();
					props.onBlur?.();
					store.getState().seal();
				}}
			/>
			{completion.list}
		</>
	);
}

/** A function of stable identity that calls the latest one: CodeMirror is reconfigured for every new function. */
function useLatest<Argument>(call: (argument: Argument) => void): (argument: Argument) => void {
	const latest = useRef(call);
	latest.current = call;
	const [stable] = useState(() => (argument: Argument) => latest.current(argument));
	return stable;
}
