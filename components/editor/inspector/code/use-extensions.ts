"use client";

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import {
	crosshairCursor,
	drawSelection,
	dropCursor,
	EditorView,
	highlightSpecialChars,
	keymap,
	placeholder,
	rectangularSelection,
	type ViewUpdate,
} from "@codemirror/view";
import { type RefObject, useEffect, useRef, useState } from "react";
import { codeKeys } from "../../code-keymap";
import { droppedReference } from "../references/drag-reference";
import type { CodeEditorProps } from "./code-editor-props";
import { languageSupport } from "./code-languages";
import { codeTheme } from "./code-theme";
import { brokenReferences, referenceChips } from "./reference-chips";
import { textMistake } from "./text-mistake";
import type { CodeReferences } from "./use-code-references";

type Latest = RefObject<Pick<CodeReferences, "completion" | "insert">>;

/** What the editor is made of. It is made once; what changes while somebody types is exchanged inside it. */
export function useExtensions(
	props: CodeEditorProps,
	view: RefObject<EditorView | null>,
	references: Pick<CodeReferences, "completion" | "insert">,
): Extension[] {
	const latest = useRef(references);
	latest.current = references;
	const [situation] = useState(() => new Compartment());
	const [extensions] = useState(() => makeExtensions(props, latest, situation.of(describeSituation(props))));
	const { control, isBroken, label, placeholder, isReadOnly } = props;
	const id = control?.id;
	const note = control?.["aria-describedby"];
	const invalid = control?.["aria-invalid"];
	useEffect(() => {
		const now = describeSituation({
			control: { id, "aria-describedby": note, "aria-invalid": invalid },
			isBroken,
			label,
			placeholder,
			isReadOnly,
		});
		view.current?.dispatch({ effects: situation.reconfigure(now) });
	}, [view, situation, id, note, invalid, isBroken, label, placeholder, isReadOnly]);
	return extensions;
}

function makeExtensions({ kind, language }: CodeEditorProps, latest: Latest, situation: Extension): Extension[] {
	const hasReferences = kind === "template" || kind === "shell";
	return [
		...(language === "words" ? [] : [closeBrackets(), keymap.of(closeBracketsKeymap), bracketMatching()]),
		...COMMON,
		codeTheme,
		codeKeys,
		languageSupport(language),
		EditorView.lineWrapping,
		situation,
		...(hasReferences ? [referenceChips] : []),
		...(kind === "code"
			? []
			: [textMistake(kind), completionKeys(latest), completionFollower(latest), dropTarget(latest)]),
	];
}

/** Undo is the workflow's: what is typed here is one of its edits. */
const COMMON: Extension[] = [
	highlightSpecialChars(),
	drawSelection(),
	dropCursor(),
	EditorState.allowMultipleSelections.of(true),
	indentOnInput(),
	rectangularSelection(),
	crosshairCursor(),
];

/** What is read out with the field, and which of its references are broken. */
function describeSituation({ control, isBroken, label, placeholder: hint, isReadOnly = false }: Situation): Extension {
	// A long text scrolls: what holds it must be reachable by Tab, and checkers look for the attribute.
	const attributes = Object.entries({ "aria-label": label, tabindex: "0", ...control }).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as const],
	);
	return [
		brokenReferences.of(isBroken),
		EditorView.contentAttributes.of(Object.fromEntries(attributes)),
		EditorState.readOnly.of(isReadOnly),
		...(hint === undefined ? [] : [placeholder(hint)]),
	];
}

interface Situation extends Pick<CodeEditorProps, "isBroken" | "label" | "placeholder" | "isReadOnly"> {
	control?: { id?: string | undefined; "aria-describedby"?: string | undefined; "aria-invalid"?: true | undefined };
}

function completionKeys(latest: Latest): Extension {
	return Prec.highest(
		EditorView.domEventHandlers({
			keydown(event, view) {
				const { completion } = latest.current;
				const isAsked = event.key === " " && event.ctrlKey;
				if (isAsked)
					completion.follow({ text: view.state.doc.toString(), caret: view.state.selection.main.head }, true);
				else if (!completion.press(event)) return false;
				event.preventDefault();
				event.stopPropagation();
				return true;
			},
		}),
	);
}

/** Follows what is typed here; what comes from elsewhere, as by undo, opens nothing. */
function completionFollower(latest: Latest): Extension {
	return EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state }: ViewUpdate) => {
		const { completion } = latest.current;
		const isTyped = docChanged && transactions.some((each) => each.isUserEvent("input") || each.isUserEvent("delete"));
		const isPointed = selectionSet && transactions.some((each) => each.isUserEvent("select.reference"));
		const isWritten = transactions.some((each) => each.isUserEvent("input.reference"));
		if (isWritten || !(isTyped || isPointed || (completion.isOpen && (docChanged || selectionSet)))) return;
		completion.follow({ text: state.doc.toString(), caret: state.selection.main.head });
	});
}

function dropTarget(latest: Latest): Extension {
	return EditorView.domEventHandlers({
		drop(event, view) {
			const path = event.dataTransfer && droppedReference(event.dataTransfer);
			if (!path) return false;
			event.preventDefault();
			event.stopPropagation();
			latest.current.insert(path, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? undefined);
			return true;
		},
	});
}
