import { createTextMatcher, type Span } from "@/server/execution/secrets/text-matcher";
import type { Json } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";
import { walkJson } from "@/server/plan/values/walk-json";
import { createStretchFinder } from "./find-stretches";

/** Shorter texts are ordinary words too often: to hide each of them would spoil everything else. */
const MIN_LENGTH = 6;
/** This many characters in a row count as a part of a value: names of items, excerpts and long lines are cut anywhere. */
const STRETCH = 20;
/** Most characters that are searched for in everything a link shows. */
const MAX_CHARACTERS = 20_000;

/**
 * Hides the texts and long numbers of a value wherever they or long parts of them stand in other texts, line by line, as JSON
 * and as a part of an address writes them. Undefined when there are too many to look for.
 */
export function createHideValues(hidden: Json): ((text: string) => string) | undefined {
	const forms = new Set<string>();
	let characters = 0;
	walkJson(hidden, (value) => {
		for (const form of formsOf(value)) {
			if (forms.has(form)) continue;
			forms.add(form);
			characters += form.length;
		}
		return characters > MAX_CHARACTERS ? true : undefined;
	});
	if (characters > MAX_CHARACTERS) return undefined;
	if (forms.size === 0) return (text) => text;
	const matcher = createTextMatcher(forms);
	const findStretches = createStretchFinder(forms, STRETCH);
	return (text) => hideSpans(text, joinSpans([...matcher.match(text).spans, ...findStretches(text)]));
}

function formsOf(value: unknown): string[] {
	if (typeof value !== "string" && typeof value !== "number") return [];
	const lines = String(value)
		.slice(0, MAX_CHARACTERS + 1)
		.split(/\r\n?|\n/);
	return lines
		.map((line) => line.trim())
		.filter(({ length }) => length >= MIN_LENGTH)
		.flatMap((line) => [line, JSON.stringify(line).slice(1, -1), encodeURIComponent(line.toWellFormed())]);
}

function joinSpans(spans: readonly Span[]): Span[] {
	const joined: Span[] = [];
	for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
		const last = joined.at(-1);
		if (last === undefined || last[1] < start) joined.push([start, end]);
		else joined.splice(-1, 1, [last[0], Math.max(last[1], end)]);
	}
	return joined;
}

function hideSpans(text: string, spans: readonly Span[]): string {
	let shown = "";
	let from = 0;
	for (const [start, end] of spans) {
		shown += text.slice(from, start) + REDACTED;
		from = end;
	}
	return shown + text.slice(from);
}
