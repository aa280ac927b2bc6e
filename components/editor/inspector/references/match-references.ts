import { formatPath } from "@/server/plan/expressions/scope";
import type { Mark } from "../../search/marked-text";
import type { ReferenceGroup } from "./list-references";
import { partsOf, type ReferenceValue } from "./reference-values";

/** One line of the completion. */
export interface Suggestion {
	readonly value: ReferenceValue;
	/** Its path as it is shown. */
	readonly text: string;
	/** The letters of `text` that were typed, as half-open ranges. */
	readonly marks: readonly Mark[];
}

export interface SuggestionGroup {
	readonly title: string;
	readonly suggestions: readonly Suggestion[];
}

export interface Matches {
	/** At most `MAX_SHOWN` suggestions in all. */
	readonly groups: readonly SuggestionGroup[];
	/** The one that fits best: chosen when the list opens. */
	readonly best: ReferenceValue | undefined;
	readonly found: number;
	readonly total: number;
}

const MAX_SHOWN = 60;
/** Values that are looked at: more than anybody scrolls through, few enough for every keystroke. */
const MAX_VALUES = 3_000;
const MAX_DEPTH = 8;

/** What fits the letters typed so far: each part between dots stands in the path, in this order. */
export function matchReferences(groups: readonly ReferenceGroup[], typed: string): Matches {
	const query = typed.toLowerCase().split(".").filter(Boolean);
	const all = groups.flatMap((group) => flatten(group).map((value) => ({ title: titleOf(group), value })));
	const matched = all.flatMap(({ title, value }) => {
		const match = matchValue(value, query);
		return match ? [{ title, ...match }] : [];
	});
	const best = matched.reduce<(typeof matched)[number] | undefined>(
		(winner, each) => (winner === undefined || each.rank < winner.rank ? each : winner),
		undefined,
	);
	const shown = matched.slice(0, MAX_SHOWN);
	if (best && !shown.includes(best)) shown.push(best);
	return { groups: groupByTitle(shown), best: best?.value, found: matched.length, total: all.length };
}

/** Steps stand under one heading: their ids are in the path. */
function titleOf({ step, title }: ReferenceGroup): string {
	return step ? "Earlier steps" : title;
}

/** A group's values and what is in them, the shallow ones first. Of a list the first entry stands for all. */
function flatten({ values }: ReferenceGroup): ReferenceValue[] {
	const found: ReferenceValue[] = [...values];
	for (let at = 0; at < found.length && found.length < MAX_VALUES; at++) {
		const value = found[at];
		if (!value || value.path.length >= MAX_DEPTH) continue;
		const parts = partsOf(value);
		found.push(...(value.type === "array" ? parts.slice(0, 1) : parts));
	}
	return found;
}

function matchValue(value: ReferenceValue, query: readonly string[]) {
	const text = formatPath(value.path);
	const lower = text.toLowerCase();
	const marks: [number, number][] = [];
	let rank = value.path.length;
	let from = 0;
	for (const word of query) {
		const at = findWord(lower, word, from);
		if (at === -1) return undefined;
		if (!isWordStart(lower, at)) rank += 20;
		from = at + word.length;
		if (!isWordStart(lower, from)) rank += 2;
		marks.push([at, from]);
	}
	return { value, text, marks, rank };
}

/** Where a word begins at a part's beginning, or else anywhere but in the root: nobody who types `te` means `steps`. */
function findWord(text: string, word: string, from: number): number {
	for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
		if (isWordStart(text, at)) return at;
	}
	return text.indexOf(word, Math.max(from, text.indexOf(".")));
}

function isWordStart(text: string, at: number): boolean {
	return at === 0 || at >= text.length || text[at - 1] === "." || text[at] === "." || text[at - 1] === "_";
}

function groupByTitle(matched: readonly (Suggestion & { title: string })[]): SuggestionGroup[] {
	const groups = new Map<string, Suggestion[]>();
	for (const { title, value, text, marks } of matched) {
		const group = groups.get(title);
		if (group) group.push({ value, text, marks });
		else groups.set(title, [{ value, text, marks }]);
	}
	return [...groups].map(([title, suggestions]) => ({ title, suggestions }));
}
