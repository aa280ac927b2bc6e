import { z } from "zod";
import { walkJson } from "./walk-json";

/** Any JSON value. Configs, inputs, outputs and event data are made of it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What one value may hold at most: everything that works on values recurses, and takes its time for each. */
export const JSON_LIMITS = { depth: 500, values: 1_000_000 } as const;

/** Checks a value in one pass, however it is made: `z.json()` tries six schemas on everything in it, recursively. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>().check((payload) => checkJson(payload));
export const jsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>().check((payload) => {
	if (isPlainObject(payload.value)) return checkJson(payload);
	payload.issues.push({ code: "invalid_type", expected: "record", input: payload.value, continue: false });
});

/** Whether a value is an object: neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject;
export function isObject(value: unknown): value is Readonly<Record<string, unknown>>;
export function isObject(value: unknown): boolean {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The type of what is JSON by where it comes from: `JSON.parse`, a column of type json, a walk that has seen all of it. */
export function asJson(value: unknown): Json {
	return value as Json;
}

function checkJson(payload: z.core.ParsePayload<Json>): void {
	const { value } = payload;
	let values = 0;
	let hasPrototype = false;
	const problem = walkJson(value, (item, key, { depth }) => {
		values += 1;
		if (values > JSON_LIMITS.values) return `A value holds at most ${JSON_LIMITS.values} values. Send less of it.`;
		if (depth > JSON_LIMITS.depth) return `Values are nested at most ${JSON_LIMITS.depth} deep. Flatten this one.`;
		if (key === "__proto__") hasPrototype = true;
		return isJsonItem(item) ? undefined : NO_JSON;
	});
	if (!problem && hasPrototype) payload.value = withoutPrototypes(value);
	if (!problem) return;
	const { found: message, path } = problem;
	payload.issues.push({ code: "custom", message, path, input: value, continue: false });
}

/** As zod's own schemas do: what an object inherits from is not a value's to say. */
function withoutPrototypes(value: Json): Json {
	return JSON.parse(JSON.stringify(value), (key, item) => (key === "__proto__" ? undefined : item));
}

/** As zod would say it, so that whoever shows it adds the field's name. */
const NO_JSON = "Invalid input: expected a JSON value";

/** What is inside of it is somebody else's matter. */
function isJsonItem(value: unknown): boolean {
	switch (typeof value) {
		case "string":
		case "boolean":
			return true;
		case "number":
			return Number.isFinite(value);
		case "object":
			return value === null || Array.isArray(value) || isPlainObject(value);
		default:
			return false;
	}
}

/** Of this world's objects or of another's (a frame's, a thread's), but neither a Date nor a Map. */
function isPlainObject(value: unknown): value is object {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
