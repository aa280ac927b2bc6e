import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colors = HighlightStyle.define([
	{ tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
	{ tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
	{ tag: [tags.number, tags.atom], color: "var(--code-number)" },
	{ tag: [tags.propertyName, tags.definition(tags.variableName), tags.attributeName], color: "var(--code-key)" },
	{ tag: [tags.comment, tags.meta], color: "var(--code-comment)" },
	{ tag: tags.heading, fontWeight: "600" },
	{ tag: tags.emphasis, fontStyle: "italic" },
	{ tag: tags.strong, fontWeight: "600" },
]);

const look = EditorView.theme({
	"&": { backgroundColor: "transparent", color: "var(--ink)", height: "100%" },
	"&.cm-focused": { outline: "none" },
	".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "auto", maxHeight: "inherit" },
	".cm-content": { padding: "var(--code-pad, 7px) 0", caretColor: "var(--ink)", minHeight: "var(--code-height)" },
	".cm-line": { padding: "0 var(--code-end, 10px) 0 10px" },
	".cm-placeholder": { color: "var(--ink-3)" },
	".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
	"&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--fill-2)" },
	".cm-selectionMatch": { backgroundColor: "transparent" },
	".cm-reference": {
		display: "inline-flex",
		// The text stands on the line of what is around it; the icon beside it does not count.
		alignItems: "baseline",
		gap: "4px",
		maxWidth: "100%",
		padding: "1px 5px",
		borderRadius: "var(--r-1)",
		background: "var(--accent-soft)",
		color: "var(--accent)",
		font: "400 max(11px, 0.875em)/16px var(--mono)",
		cursor: "pointer",
		whiteSpace: "nowrap",
		overflow: "hidden",
	},
	".cm-reference > span": { minWidth: "0", overflow: "hidden", textOverflow: "ellipsis", direction: "rtl" },
	".cm-reference > svg": { flex: "none", alignSelf: "center", width: "1em", height: "1em" },
	".cm-reference[data-broken]": {
		background: "var(--failed-soft)",
		color: "var(--failed)",
		textDecoration: "underline wavy 1px",
		textUnderlineOffset: "2px",
	},
	".cm-mistake": { textDecoration: "underline wavy var(--failed) 1px", textUnderlineOffset: "3px" },
});

export const codeTheme: Extension = [look, syntaxHighlighting(colors)];
