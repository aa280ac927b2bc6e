import type { Json } from "@/server/plan/values/json";

/** Variables as programs get them: what is no text as JSON. */
export function toTexts(env: Readonly<Record<string, Json>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(env).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
	);
}
