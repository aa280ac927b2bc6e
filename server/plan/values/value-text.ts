import type { Json } from "./json";
import type { ValueKind } from "./schema-tree";

/** The text that a value becomes inside other text: JSON for objects and lists, nothing for null. */
export function toText(value: Json): string {
	if (value === null) return "";
	return typeof value === "string" ? value : JSON.stringify(value);
}

/** The number that a text spells out in digits; undefined for any other text. White space around it does not count. */
export function readNumber(text: string): number | undefined {
	const digits = text.trim();
	if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(digits)) return undefined;
	const number = Number(digits);
	return Number.isFinite(number) ? number : undefined;
}

/** What `true` and `false` as texts mean; undefined for any other text. */
export function readBoolean(text: string): boolean | undefined {
	const word = text.trim().toLowerCase();
	return word === "true" || word === "false" ? word === "true" : undefined;
}

/** A value as a field of this kind takes it: any value as text, texts of digits as numbers. Others stay as they are. */
export function fitValue(value: Json, kind: ValueKind): Json {
	if (kind === "text") return toText(value);
	if (typeof value !== "string") return value;
	const read = kind === "number" ? readNumber(value) : kind === "boolean" ? readBoolean(value) : undefined;
	return read ?? value;
}
