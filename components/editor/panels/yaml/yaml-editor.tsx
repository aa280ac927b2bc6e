"use client";

import { history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from "react";
import { codeKeymap } from "../../code-keymap";
import { isWrittenHere, replaceText } from "../../replace-text";
import { setMarking, type YamlMarking, yamlMarks } from "./yaml-marks";
import { yamlTheme } from "./yaml-theme";

/** What the bar above the text does with it. */
export interface YamlEditorHandle {
	find: () => void;
	/** Brings a line into view. */
	showLine: (line: number) => void;
}

interface YamlEditorProps {
	text: string;
	/** With another version `text` takes the place of what is written; what was only typed is there already. */
	version: number;
	marking: YamlMarking;
	wraps: boolean;
	label: string;
	/** Colours another language than YAML. Taken once. */
	language?: Extension;
	isReadOnly?: boolean;
	onChange: (text: string) => void;
	/** ⌘S or Ctrl+S. */
	onApply: () => void;
	handle: Ref<YamlEditorHandle>;
}

/** The text of a workflow, to be written. */
export function YamlEditor(props: YamlEditorProps) {
	const { text, version, marking, wraps, label, language = yaml(), isReadOnly = false } = props;
	const { onChange, onApply, handle } = props;
	const frame = useRef<HTMLDivElement>(null);
	const [wrapping] = useState(() => new Compartment());
	const [view, setView] = useState<EditorView | null>(null);
	const change = useEffectEvent(onChange);
	const apply = useEffectEvent(onApply);
	const open = useEffectEvent(() => {
		const heard = EditorView.updateListener.of((update) => {
			if (isWrittenHere(update)) change(update.state.doc.toString());
		});
		const save = () => {
			apply();
			return true;
		};
		const saveKey = keymap.of([{ key: "Mod-s", run: save, preventDefault: true, stopPropagation: true }]);
		const attributes = EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" });
		const frozen = EditorState.readOnly.of(isReadOnly);
		const wrapped = wrapping.of(wraps ? EditorView.lineWrapping : []);
		const extensions = [saveKey, ...EXTENSIONS, language, attributes, heard, frozen, wrapped];
		return new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: frame.current ?? undefined });
	});
	useEffect(() => {
		const made = open();
		setView(made);
		return () => made.destroy();
	}, []);
	const replace = useEffectEvent(() => view && replaceText(view, text));
	// biome-ignore lint/correctness/useExhaustiveDependencies: a text that follows the typing would take back what is typed meanwhile
	useEffect(() => {
		replace();
	}, [view, version]);
	useEffect(() => view?.dispatch({ effects: setMarking.of(marking) }), [view, marking]);
	useEffect(() => {
		view?.dispatch({ effects: wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) });
	}, [view, wrapping, wraps]);
	useImperativeHandle(handle, () => ({
		find: () => view && openSearchPanel(view),
		showLine: (line) => showLine(view, line),
	}));
	return <div ref={frame} className="h-full min-h-0 overflow-hidden" />;
}

const EXTENSIONS: Extension[] = [
	lineNumbers(),
	history(),
	drawSelection(),
	bracketMatching(),
	indentUnit.of("  "),
	EditorState.tabSize.of(2),
	search({ top: true }),
	keymap.of([...searchKeymap, ...historyKeymap, ...codeKeymap]),
	yamlTheme,
	yamlMarks,
];

function showLine(view: EditorView | null, line: number): void {
	if (!view || view.hasFocus || line < 1 || line > view.state.doc.lines) return;
	view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.line(line).from, { y: "center" }) });
}
