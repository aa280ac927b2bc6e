import { type Extension, RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { celProblems } from "@/server/plan/expressions/cel";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import { parseTemplate } from "@/server/plan/expressions/template";
import type { TextProblem } from "@/server/plan/values/text-problem";

/** Underlines the first mistake of an expression or of a text with references, at its place. */
export function textMistake(kind: TextKind): Extension {
	return ViewPlugin.define(
		(view) => {
			const plugin = {
				decorations: drawMistake(view, kind),
				update({ view, docChanged, selectionSet, focusChanged }: ViewUpdate) {
					if (docChanged || selectionSet || focusChanged) plugin.decorations = drawMistake(view, kind);
				},
			};
			return plugin;
		},
		{ decorations: (plugin) => plugin.decorations },
	);
}

/** What is being typed right now is no mistake yet. */
function drawMistake({ state: { doc, selection }, hasFocus }: EditorView, kind: TextKind): DecorationSet {
	const marks = new RangeSetBuilder<Decoration>();
	const problem = findProblem(doc.toString(), kind);
	const place = problem && placeOfProblem(doc, problem);
	const { head } = selection.main;
	const isTyped = place !== undefined && hasFocus && head >= place.from && head <= place.to;
	if (place && !isTyped) marks.add(place.from, place.to, Decoration.mark({ class: "cm-mistake" }));
	return marks.finish();
}

function findProblem(text: string, kind: TextKind): TextProblem | undefined {
	if (kind === "code" || text.trim() === "") return undefined;
	return kind === "cel" ? celProblems(text)[0] : parseTemplate(text).problem;
}

/** From the mistake to the end of the word there; at the end of a line its last letter. */
function placeOfProblem(doc: Text, { line, column }: TextProblem): { from: number; to: number } | undefined {
	if (line > doc.lines) return undefined;
	const { from, to, text } = doc.line(line);
	if (from === to) return undefined;
	const start = Math.min(from + column - 1, to - 1);
	const [word = ""] = /^[\w.]+|^\S+/.exec(text.slice(start - from)) ?? [];
	return { from: start, to: Math.min(to, start + Math.max(word.length, 1)) };
}
