import { type Extension, Facet, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import { choicesOf, type Reference, writeChoices } from "@/server/plan/expressions/reference";
import { closedReferences } from "../references/fix-reference";

type IsBroken = (path: readonly string[]) => boolean;

/** Dispatched with the broken references whenever they change. */
export const brokenReferences = Facet.define<IsBroken, IsBroken>({
	combine: ([isBroken]) => isBroken ?? (() => false),
});

/** `{{ references }}` as chips that move and vanish as one. The one with the caret in it is text again. */
export const referenceChips: Extension = ViewPlugin.define(
	(view) => {
		const plugin = {
			decorations: drawChips(view),
			update({ view, docChanged, selectionSet, startState, state }: ViewUpdate) {
				const isJudgedAnew = startState.facet(brokenReferences) !== state.facet(brokenReferences);
				if (docChanged || selectionSet || isJudgedAnew) plugin.decorations = drawChips(view);
			},
		};
		return plugin;
	},
	{
		decorations: (plugin) => plugin.decorations,
		provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
	},
);

function drawChips({ state }: EditorView): DecorationSet {
	const chips = new RangeSetBuilder<Decoration>();
	const isBroken = state.facet(brokenReferences);
	const { head } = state.selection.main;
	for (const reference of closedReferences(state.doc.toString())) {
		const { start, end } = reference;
		if (head > start && head < end) continue;
		const isWrong = choicesOf(reference).some(({ path }) => isBroken(path));
		const widget = new Chip(writeChoices(reference), isWrong, start);
		chips.add(start, end, Decoration.replace({ widget }));
	}
	return chips.finish();
}

class Chip extends WidgetType {
	constructor(
		readonly path: string,
		readonly isBroken: boolean,
		readonly start: number,
	) {
		super();
	}

	override eq(other: Chip): boolean {
		return other.path === this.path && other.isBroken === this.isBroken && other.start === this.start;
	}

	override toDOM(view: EditorView): HTMLElement {
		const chip = document.createElement("span");
		chip.className = "cm-reference";
		chip.append(drawPath(this.path));
		chip.title = this.path;
		chip.prepend(drawBraces());
		if (this.isBroken) chip.dataset.broken = "";
		chip.addEventListener("mousedown", (event) => {
			event.preventDefault();
			openChip(view, this.start);
		});
		return chip;
	}

	override ignoreEvent(): boolean {
		return true;
	}
}

/** Puts the caret at the end of the path, where it can be changed. */
function openChip(view: EditorView, start: number): void {
	const reference = referenceAt(view, start);
	const end = reference?.parts.at(-1)?.end;
	if (end === undefined) return;
	view.dispatch({ selection: { anchor: end }, userEvent: "select.reference" });
	view.focus();
}

function referenceAt({ state }: EditorView, start: number): Reference | undefined {
	return closedReferences(state.doc.toString()).find((reference) => reference.start === start);
}

/** What does not fit is left out at the front: paths differ at their end. */
function drawPath(path: string): HTMLElement {
	const line = document.createElement("span");
	const text = document.createElement("bdi");
	text.dir = "ltr";
	text.textContent = path;
	line.append(text);
	return line;
}

const SVG = "http://www.w3.org/2000/svg";
const BRACES = [
	"M8 3H7a2 2 0 0 0-2 2v5a2 2 0 0 1-2 2 2 2 0 0 1 2 2v5c0 1.1.9 2 2 2h1",
	"M16 21h1a2 2 0 0 0 2-2v-5c0-1.1.9-2 2-2a2 2 0 0 1-2-2V5a2 2 0 0 0-2-2h-1",
];

/** Lucide's braces: a widget of the editor is drawn without React. */
function drawBraces(): SVGElement {
	const icon = document.createElementNS(SVG, "svg");
	const looks = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor" };
	const attributes = { ...looks, "stroke-width": "2.25", "stroke-linecap": "round", "aria-hidden": "true" };
	for (const [name, value] of Object.entries(attributes)) icon.setAttribute(name, value);
	for (const line of BRACES) {
		const path = document.createElementNS(SVG, "path");
		path.setAttribute("d", line);
		icon.append(path);
	}
	return icon;
}
