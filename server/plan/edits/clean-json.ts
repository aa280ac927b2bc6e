import { findHostility } from "../validate/find-hostility";
import { type Json, jsonSchema } from "../values/json";

/**
 * A value as a plan can hold it: text without NUL and half characters, which come in by pasting. Nothing for what no plan
 * may hold: nested too deeply, a forbidden name, a number that JSON does not know.
 */
export function cleanJson(value: Json): Json | undefined {
	if (typeof value === "string") return cleanText(value);
	const parsed = jsonSchema.safeParse(value);
	if (!parsed.success) return undefined;
	const cleaned = cleanValue(parsed.data);
	return findHostility(cleaned) ? undefined : cleaned;
}

export function cleanText(text: string): string {
	return text.replaceAll("\0", "").toWellFormed();
}

function cleanValue(value: Json): Json {
	if (typeof value === "string") return cleanText(value);
	if (typeof value === "number") return value || 0;
	if (Array.isArray(value)) return value.map(cleanValue);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanValue(item)]));
}
