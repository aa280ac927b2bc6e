import { Chunk } from "@codemirror/merge";
import {
	type EditorState,
	type Extension,
	RangeSet,
	RangeSetBuilder,
	StateEffect,
	StateField,
	Text,
} from "@codemirror/state";
import {
	Decoration,
	type DecorationSet,
	EditorView,
	GutterMarker,
	gutterLineClass,
	WidgetType,
} from "@codemirror/view";
import type { LineRange } from "./node-lines";
import type { YamlMark } from "./read-yaml";

/** What is shown on top of the text. Replaced as a whole; between two replacements it moves with the text. */
export interface YamlMarking {
	marks: readonly YamlMark[];
	/** The lines of what is selected on the canvas. */
	selected: readonly LineRange[];
	/** The text that the canvas stands for: lines that differ from it are marked. */
	original: string;
}

export const setMarking = StateEffect.define<YamlMarking>();

interface Shown {
	decorations: DecorationSet;
	gutter: RangeSet<GutterMarker>;
}

const shownMarks = StateField.define<Shown>({
	create: () => ({ decorations: Decoration.none, gutter: RangeSet.empty }),
	update(shown, { effects, docChanged, changes, state }) {
		for (const effect of effects) if (effect.is(setMarking)) return showMarking(state, effect.value);
		if (!docChanged) return shown;
		return { decorations: shown.decorations.map(changes), gutter: shown.gutter.map(changes) };
	},
	provide: (field) => [
		EditorView.decorations.from(field, ({ decorations }) => decorations),
		gutterLineClass.from(field, ({ gutter }) => gutter),
	],
});

/** Squiggles and rows for problems, the lines of the selected step, and a bar at each line that is not applied. */
export const yamlMarks: Extension = shownMarks;

function showMarking(state: EditorState, { marks, selected, original }: YamlMarking): Shown {
	const lines = selected.flatMap((range) => linesIn(state.doc, range));
	const decorations = [
		...lines.map((from) => Decoration.line({ class: "cm-node-on" }).range(from)),
		...changedLines(state.doc, original).map((from) => Decoration.line({ class: "cm-changed" }).range(from)),
		...marks.flatMap((mark) => showMark(state.doc, mark)),
	];
	const gutter = new RangeSetBuilder<GutterMarker>();
	for (const from of lines) gutter.add(from, from, ON);
	return { decorations: Decoration.set(decorations, true), gutter: gutter.finish() };
}

class OnMarker extends GutterMarker {
	override elementClass = "cm-node-on";
}

const ON = new OnMarker();

function linesIn(doc: Text, { first, last }: LineRange): number[] {
	const starts: number[] = [];
	for (let line = first; line <= Math.min(last, doc.lines); line++) starts.push(doc.line(line).from);
	return starts;
}

/** The lines that are new or differ. What is gone leaves no line to mark. */
function changedLines(doc: Text, original: string): number[] {
	const chunks = Chunk.build(Text.of(original.split("\n")), doc, { scanLimit: 500 });
	return chunks.flatMap(({ fromB, toB, endB }) => {
		if (fromB === toB) return [];
		const last = doc.lineAt(Math.min(endB, doc.length)).number;
		return linesIn(doc, { first: doc.lineAt(fromB).number, last });
	});
}

function showMark(doc: Text, mark: YamlMark) {
	const from = Math.min(mark.from, doc.length);
	const to = Math.min(Math.max(mark.to, from), doc.length);
	const squiggle = Decoration.mark({ class: `cm-problem cm-${mark.severity}` });
	const row = Decoration.widget({ widget: new ProblemRow(mark, doc.sliceString(from, to)), block: true, side: 1 });
	return [...(to > from ? [squiggle.range(from, to)] : []), row.range(doc.lineAt(from).to)];
}

/** A problem under its line: what is wrong, the likely correction, and the place in words. */
class ProblemRow extends WidgetType {
	readonly #mark: YamlMark;
	readonly #words: string;

	/** @param words what is marked: once it has changed, the correction fits no longer. */
	constructor(mark: YamlMark, words: string) {
		super();
		this.#mark = mark;
		this.#words = words;
	}

	override eq(other: ProblemRow): boolean {
		const [a, b] = [this.#mark, other.#mark];
		return a.message === b.message && a.from === b.from && a.to === b.to && a.fix === b.fix;
	}

	override toDOM(view: EditorView): HTMLElement {
		const { severity, message, fix, line, column } = this.#mark;
		const row = element("div", `cm-problem-row cm-${severity}`);
		row.append(drawIcon(), element("span", "cm-problem-text", message));
		if (fix !== undefined) row.append(this.#fixButton(view, fix));
		row.append(element("span", "cm-problem-place", `line ${line}, column ${column}`));
		return row;
	}

	#fixButton(view: EditorView, fix: string): HTMLElement {
		const button = element("button", "cm-problem-fix", `Change to ${fix}`);
		button.setAttribute("type", "button");
		button.addEventListener("click", () => {
			const { from, to } = this.#mark;
			if (view.state.doc.sliceString(from, to) !== this.#words) return;
			view.dispatch({ changes: { from, to, insert: fix }, userEvent: "input.fix" });
			view.focus();
		});
		return button;
	}
}

function element(tag: string, className: string, text = ""): HTMLElement {
	const made = document.createElement(tag);
	made.className = className;
	made.textContent = text;
	return made;
}

/** As `CircleAlert` is drawn elsewhere: there are no components inside the text. */
function drawIcon(): SVGElement {
	const icon = document.createElementNS(SVG, "svg");
	const path = document.createElementNS(SVG, "path");
	path.setAttribute("d", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M12 8v4M12 16h.01");
	icon.append(path);
	const look = {
		viewBox: "0 0 24 24",
		fill: "none",
		stroke: "currentColor",
		"stroke-width": "1.75",
		"aria-hidden": "true",
	};
	for (const [name, value] of Object.entries(look)) icon.setAttribute(name, value);
	return icon;
}

const SVG = "http://www.w3.org/2000/svg";
