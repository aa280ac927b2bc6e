import { createTextMatcher } from "@/server/execution/secrets/text-matcher";
import type { Json } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";
import { walkJson } from "@/server/plan/values/walk-json";

/** Shorter texts are ordinary words too often: to hide each of them would spoil everything else. */
const MIN_LENGTH = 6;
/** Characters that can be looked for in everything a link shows. */
const MAX_CHARACTERS = 20_000;

/**
 * Hides the texts and long numbers of a value wherever they stand in other texts, line by line, as JSON and as a part of an
 * address writes them. Undefined when there are too many to look for.
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
	return (text) => hideSpans(text, matcher.match(text).spans);
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

function hideSpans(text: string, spans: readonly (readonly [number, number])[]): string {
	let shown = "";
	let from = 0;
	for (const [start, end] of spans) {
		shown += text.slice(from, start) + REDACTED;
		from = end;
	}
	return shown + text.slice(from);
}
