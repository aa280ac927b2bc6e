import type { Json } from "../../plan/values/json";
import { tryReadJson } from "../../plan/values/read-json";

export const MAX_ITEMS = 10_000;

/** What keeps a value from being a list of items, in words; `undefined` when nothing does. */
export function problemOfItems(value: Json): string | undefined {
	if (typeof value !== "string" && !Array.isArray(value)) {
		return `The items must be a list, or text with one item a line, not ${nameKind(value)}`;
	}
	const count = toItems(value).length;
	if (count > MAX_ITEMS) {
		return `The list has ${count} items; a for-each takes at most ${MAX_ITEMS}. Split the list`;
	}
	return undefined;
}

/**
 * The items of a for-each. Text that is a JSON list counts as that list (a command's output often is one), any
 * other text as its lines without the empty ones.
 * @param value what `config.items` resolved to, already accepted by the config schema
 */
export function listItems(value: Json): Json[] {
	return typeof value === "string" || Array.isArray(value) ? toItems(value) : [];
}

function toItems(value: string | Json[]): Json[] {
	if (typeof value !== "string") return value;
	return parseList(value) ?? value.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function parseList(text: string): Json[] | undefined {
	if (!text.trimStart().startsWith("[")) return undefined;
	const value = tryReadJson(text);
	return Array.isArray(value) ? value : undefined;
}

function nameKind(value: number | boolean | null | object): string {
	if (value === null) return "nothing";
	if (typeof value === "number") return "a number";
	return typeof value === "boolean" ? "true or false" : "an object";
}
