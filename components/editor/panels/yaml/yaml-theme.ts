import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The numbers of the lines, left of the text. */
const GUTTER = "46px";

const look = EditorView.theme({
	"&": { height: "100%", backgroundColor: "transparent", color: "var(--ink)", fontSize: "12px" },
	"&.cm-focused": { outline: "none" },
	".cm-scroller": {
		containerType: "inline-size",
		fontFamily: "var(--mono)",
		fontVariantLigatures: "none",
		lineHeight: "20px",
	},
	".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
	".cm-line": { position: "relative", padding: "0 16px 0 10px" },
	".cm-gutters": { border: "none", backgroundColor: "var(--panel)", color: "var(--ink-3)" },
	".cm-gutters .cm-gutterElement": {
		minWidth: GUTTER,
		padding: "0 6px 0 0",
		fontSize: "11px",
		fontVariantNumeric: "tabular-nums",
	},
	".cm-gutterElement.cm-node-on": {
		backgroundColor: "var(--accent-soft)",
		boxShadow: "inset 2px 0 var(--accent)",
		color: "var(--ink-2)",
	},
	".cm-line.cm-node-on": { backgroundColor: "var(--accent-soft)" },
	".cm-line.cm-changed::before": {
		content: '""',
		position: "absolute",
		left: "0",
		top: "2px",
		width: "3px",
		height: "16px",
		borderRadius: "1.5px",
		backgroundColor: "var(--changed)",
	},
	".cm-problem": { textDecoration: "underline wavy 1px", textUnderlineOffset: "3px" },
	".cm-problem.cm-error": { textDecorationColor: "var(--failed)" },
	".cm-problem.cm-warning": { textDecorationColor: "var(--retrying)" },
	".cm-problem-row": {
		"--c": "var(--failed)",
		"--cs": "var(--failed-soft)",
		position: "sticky",
		left: GUTTER,
		display: "flex",
		alignItems: "center",
		gap: "6px",
		width: `calc(100cqw - ${GUTTER})`,
		minHeight: "24px",
		padding: "3px 16px 3px 8px",
		borderLeft: "2px solid var(--c)",
		backgroundColor: "var(--cs)",
		color: "var(--c)",
		font: "400 12px/16px var(--sans)",
		whiteSpace: "normal",
	},
	".cm-problem-row.cm-warning": { "--c": "var(--retrying)", "--cs": "var(--retrying-soft)" },
	".cm-problem-text": { minWidth: "0" },
	".cm-problem-row > svg": { flex: "none", width: "14px", height: "14px" },
	".cm-problem-fix": { flex: "none", maxWidth: "50%", fontWeight: "500", color: "var(--accent)" },
	".cm-problem-fix:hover": { textDecoration: "underline" },
	".cm-problem-place": { flex: "none", marginLeft: "auto", color: "var(--ink-3)" },
	".cm-cursor": { borderLeftColor: "var(--ink)" },
	".cm-plain-number": { color: "var(--code-number)" },
	".cm-plain-word": { color: "var(--code-keyword)" },
	".cm-panels": { backgroundColor: "var(--page)", color: "var(--ink)", borderColor: "var(--line)" },
	".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
	".cm-textfield": {
		border: "1px solid var(--line-strong)",
		borderRadius: "var(--r-2)",
		backgroundColor: "var(--panel)",
		fontSize: "12px",
	},
	".cm-button": {
		border: "1px solid var(--line)",
		borderRadius: "var(--r-2)",
		background: "var(--panel)",
		fontSize: "12px",
	},
	".cm-searchMatch": { backgroundColor: "var(--retrying-soft)" },
	".cm-searchMatch-selected": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
	".cm-changedLine": { backgroundColor: "var(--added-soft) !important" },
	".cm-changedText": { background: "color-mix(in srgb, var(--added) 14%, transparent) !important" },
	".cm-deletedChunk": { backgroundColor: "var(--removed-soft) !important", paddingLeft: "10px" },
	".cm-deletedChunk .cm-deletedText": { background: "color-mix(in srgb, var(--removed) 14%, transparent) !important" },
	".cm-collapsedLines::before, .cm-collapsedLines::after": { content: '""' },
	".cm-collapsedLines": {
		padding: "4px 10px",
		background: "var(--fill)",
		color: "var(--ink-3)",
		font: "400 12px/16px var(--sans)",
	},
});

const colors = HighlightStyle.define([
	{ tag: tags.definition(tags.propertyName), color: "var(--code-key)" },
	{ tag: [tags.string, tags.content, tags.special(tags.string)], color: "var(--code-string)" },
	{ tag: [tags.keyword, tags.typeName, tags.meta], color: "var(--code-keyword)" },
	{ tag: [tags.comment, tags.lineComment], color: "var(--code-comment)" },
]);

/** Numbers, and the words that stand for themselves, look like any text to the grammar. */
const plainValues = new MatchDecorator({
	regexp: /(?<=(?:: |- |\[|, ))(?:(-?\d+(?:\.\d+)?)|true|false|null)(?=\s*(?:$|,|\]|\}| #))/g,
	decoration: ([, number]) => Decoration.mark({ class: number === undefined ? "cm-plain-word" : "cm-plain-number" }),
});

const plainColors = ViewPlugin.define(
	(view) => ({
		decorations: plainValues.createDeco(view),
		update(update: ViewUpdate) {
			this.decorations = plainValues.updateDeco(update, this.decorations);
		},
	}),
	{ decorations: (plugin) => plugin.decorations },
);

export const yamlTheme: Extension = [look, syntaxHighlighting(colors), plainColors];
