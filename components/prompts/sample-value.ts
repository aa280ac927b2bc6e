import type { PromptVariable } from "@/server/plan/prompts/prompt-variables";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { tryReadJson } from "@/server/plan/values/read-json";

const MAX_DEPTH = 5;

/** Something that fits a variable, as it is typed: to begin a preview with. */
export function sampleText({ name, schema }: PromptVariable): string {
	return writeSample(schema, sampleOf(name, schema, 0));
}

/** A value as it is typed: texts as they are where a text is wanted, JSON elsewhere. */
export function writeSample({ type }: JsonObject, value: Json): string {
	return type === "string" && typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** What is typed as a value: JSON where no text is wanted; other text stays. */
export function readSample({ schema }: PromptVariable, text: string): Json {
	if (schema.type === "string") return text;
	const read = tryReadJson(text);
	return read === undefined ? text : read;
}

function sampleOf(name: string, schema: JsonObject, depth: number): Json {
	const { default: fallback, examples, enum: choices, type, items, properties } = schema;
	const given = [fallback, firstOf(examples), firstOf(choices)].find((each) => each !== undefined);
	if (given !== undefined) return given;
	const kind = Array.isArray(type) ? type.find((each) => each !== "null") : type;
	if (kind === "number" || kind === "integer") return 1;
	if (kind === "boolean") return true;
	if (depth > MAX_DEPTH) return null;
	if (kind === "array") return [sampleOf(name, isObject(items) ? items : {}, depth + 1)];
	if (kind === "object")
		return Object.fromEntries(
			Object.entries(isObject(properties) ? properties : {}).map(([key, part]) => [
				key,
				sampleOf(key, isObject(part) ? part : {}, depth + 1),
			]),
		);
	return name;
}

function firstOf(list: Json | undefined): Json | undefined {
	return Array.isArray(list) ? list[0] : undefined;
}
