import type { Json } from "@/server/plan/json";

/** What stands in the place of a secret's value. */
export const REDACTED = "•••";
/** Values shorter than this are left alone: hiding every "a" would hide nothing and spoil the log. */
const MIN_LENGTH = 4;

export type Redact = (text: string) => string;

/**
 * Makes a function that hides the values of secrets in text: as they are, line by line when they have several, and in the
 * encodings in which they leak most (base64, URL, JSON).
 */
export function createRedact(secrets: Iterable<string>): Redact {
	const forms = new Set<string>();
	for (const secret of secrets) {
		for (const part of [secret, ...secret.split(/\r?\n/)]) {
			if (part.trim().length < MIN_LENGTH) continue;
			forms.add(part);
			forms.add(Buffer.from(part).toString("base64").replace(/=+$/, ""));
			forms.add(encodeURIComponent(part));
			forms.add(JSON.stringify(part).slice(1, -1));
		}
	}
	if (forms.size === 0) return (text) => text;
	const longestFirst = [...forms].sort((a, b) => b.length - a.length);
	return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
}

/** The same for every text inside a JSON value, keys included. */
export function redactJson<Value extends Json>(value: Value, redact: Redact): Value;
export function redactJson(value: Json, redact: Redact): Json {
	if (typeof value === "string") return redact(value);
	if (Array.isArray(value)) return value.map((item) => redactJson(item, redact));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactJson(inner, redact)]));
}
