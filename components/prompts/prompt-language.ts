import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { yamlFrontmatter } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const body = HighlightStyle.define(
	[
		{ tag: tags.content, color: "var(--ink)" },
		{ tag: tags.heading, color: "var(--ink)", fontWeight: "600" },
		{ tag: tags.strong, fontWeight: "600" },
		{ tag: tags.emphasis, fontStyle: "italic" },
	],
	{ scope: markdownLanguage },
);

const BLOCK = /^\{\{\s*(?:[#/^!]|else\b)/;
const braces = new MatchDecorator({
	regexp: /\{\{[^{}]*\}\}/g,
	decoration: ([whole]) => Decoration.mark({ class: BLOCK.test(whole) ? "cm-prompt-block" : "cm-prompt-value" }),
});

const bracesPlugin = ViewPlugin.define(
	(view) => ({
		decorations: braces.createDeco(view),
		update(update: ViewUpdate) {
			this.decorations = braces.updateDeco(update, this.decorations);
		},
	}),
	{ decorations: (plugin) => plugin.decorations },
);

/** Whatever else colours what stands between the braces. */
const look = EditorView.theme({
	".cm-prompt-value, .cm-prompt-value *": { color: "var(--accent) !important" },
	".cm-prompt-block, .cm-prompt-block *": { color: "var(--code-keyword) !important" },
});

/** YAML front matter, Markdown, and the braces of a template in it. */
export const promptLanguage: Extension = [
	yamlFrontmatter({ content: markdown() }),
	Prec.highest(syntaxHighlighting(body)),
	bracesPlugin,
	look,
];
