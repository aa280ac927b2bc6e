import { z } from "zod";
import { cacheByText } from "../expressions/text-cache";
import { isObject, type Json, type JsonObject, jsonObjectSchema } from "../values/json";
import { createSuggest } from "../values/suggest";
import type { TextProblem } from "../values/text-problem";
import { fitValue } from "../values/value-text";
import { PROMPT_LIMITS } from "./prompt-limits";
import type { PromptPart, PromptPath } from "./prompt-template";

/** A variable of a prompt, as its schema declares it. */
export interface PromptVariable {
	name: string;
	schema: JsonObject;
	isRequired: boolean;
	/** What it is in a word or two, as in `list of object`. */
	type: string;
	description?: string | undefined;
	fallback?: Json | undefined;
}

const nameSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/);

/** The JSON schema of a prompt's variables: an object with its properties. */
export const promptVariablesSchema = z
	.looseObject({
		type: z.literal("object").optional(),
		properties: z
			.record(nameSchema, jsonObjectSchema)
			.refine((properties) => Object.keys(properties).length <= PROMPT_LIMITS.variables, {
				message: `A prompt has at most ${PROMPT_LIMITS.variables} variables`,
			}),
		required: z.array(z.string()).default([]),
	})
	.check(({ value, issues }) => {
		if (JSON.stringify(value).length > PROMPT_LIMITS.schema)
			issues.push({ code: "custom", message: "This is more than 8,000 characters of schema", input: value });
		for (const name of value.required)
			if (!Object.hasOwn(value.properties, name))
				issues.push({ code: "custom", message: `required names ${name}, which is not among properties`, input: value });
		const unreadable = Object.entries(value.properties).find(([, schema]) => !readSchema(schema));
		if (unreadable)
			issues.push({
				code: "custom",
				message: `The JSON schema of ${unreadable[0]} cannot be read (pattern is not known here)`,
				input: value,
			});
	});

export function listVariables(variables: JsonObject): PromptVariable[] {
	const parsed = promptVariablesSchema.safeParse(variables);
	if (!parsed.success) return [];
	const { properties, required } = parsed.data;
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		schema,
		isRequired: required.includes(name),
		type: describeType(schema),
		...(typeof schema.description === "string" && { description: schema.description }),
		...(schema.default !== undefined && { fallback: schema.default }),
	}));
}

function describeType({ type, enum: choices, items }: JsonObject): string {
	if (Array.isArray(choices)) return "choice";
	const types = Array.isArray(type) ? type.map(String) : typeof type === "string" ? [type] : [];
	const [first = "any"] = types.filter((each) => each !== "null");
	const of = first === "array" && isObject(items) && typeof items.type === "string" ? ` of ${items.type}` : "";
	return `${first === "array" ? "list" : first}${of}${types.includes("null") ? ", may be null" : ""}`;
}

/** A value that does not fit, or is missing; `name` is its variable’s. */
export interface VariableProblem {
	name: string;
	message: string;
}

/** The values of a prompt as its variables take them, with defaults in the place of those that are left out. */
export function completeVariables(variables: JsonObject, given: JsonObject): JsonObject {
	const declared = listVariables(variables).flatMap(({ name, schema, fallback }) => {
		const value = Object.hasOwn(given, name) ? given[name] : fallback;
		return value === undefined ? [] : [[name, fitVariable(schema, value)] as const];
	});
	return { ...given, ...Object.fromEntries(declared) };
}

/** Texts that spell out a number or true count as one where one is asked for, and numbers as text. */
function fitVariable({ type }: JsonObject, value: Json): Json {
	if (type === "string") return typeof value === "object" ? value : fitValue(value, "text");
	if (type === "number" || type === "integer") return fitValue(value, "number");
	return type === "boolean" ? fitValue(value, "boolean") : value;
}

/** What is wrong with the values of a prompt’s variables. @param isUnknown a value that only a run knows, left unchecked */
export function checkVariables(
	variables: JsonObject,
	given: JsonObject,
	isUnknown: (value: Json) => boolean = () => false,
): VariableProblem[] {
	const declared = listVariables(variables);
	const names = declared.map(({ name }) => name);
	const suggest = createSuggest();
	const unknown = Object.keys(given).flatMap((name) => {
		if (names.includes(name)) return [];
		const meant = suggest(name, names);
		return [
			{ name, message: `The prompt has no variable ${name}.${meant ? ` Did you mean ${meant}?` : " Remove it."}` },
		];
	});
	return [...unknown, ...declared.flatMap((variable) => checkVariable(variable, given, isUnknown))];
}

function checkVariable(
	{ name, schema, isRequired, fallback }: PromptVariable,
	given: JsonObject,
	isUnknown: (value: Json) => boolean,
): VariableProblem[] {
	const value = Object.hasOwn(given, name) ? given[name] : undefined;
	if (value === undefined)
		return isRequired && fallback === undefined ? [{ name, message: `Give the variable ${name} a value.` }] : [];
	if (isUnknown(value)) return [];
	const problem = readSchema(schema)?.safeParse(fitVariable(schema, value)).error?.issues[0];
	if (!problem) return [];
	const place = [name, ...problem.path.map(String)].join(".");
	return [{ name, message: `${place} does not fit the prompt’s variable: ${problem.message}.` }];
}

/** The check that a JSON schema stands for; undefined for one that cannot be read. */
export function readSchema(schema: JsonObject): z.ZodType | undefined {
	return hasPattern(schema) ? undefined : (readSchemaText(JSON.stringify(schema)) ?? undefined);
}

/** Regular expressions of others could keep the server busy for ever. */
function hasPattern(schema: Json): boolean {
	if (typeof schema !== "object" || schema === null) return false;
	if (isObject(schema) && (typeof schema.pattern === "string" || schema.patternProperties !== undefined)) return true;
	return Object.values(schema).some(hasPattern);
}

const readSchemaText = cacheByText((text): z.ZodType | null => {
	try {
		return z.fromJSONSchema(JSON.parse(text));
	} catch {
		return null;
	}
});

/** What a template reads of the prompt’s own variables, by name; and where `../` leads out of it. */
export function findVariables(parts: readonly PromptPart[], depth = 0): PromptPath[] {
	return parts.flatMap((part) => {
		if (typeof part === "string") return [];
		const own = isOfPrompt(part.path, depth) ? [part.path] : [];
		if (part.kind === "value") return own;
		const inside = part.kind === "each" || part.kind === "with" ? depth + 1 : depth;
		return [...own, ...findVariables(part.body, inside), ...findVariables(part.otherwise, depth)];
	});
}

function isOfPrompt({ up, data, parts }: PromptPath, depth: number): boolean {
	return parts.length > 0 && (data === "root" || (data === undefined && up >= depth));
}

/** Where a template reads what its prompt does not declare. */
export function checkTemplate(parts: readonly PromptPart[], variables: JsonObject): TextProblem[] {
	const names = listVariables(variables).map(({ name }) => name);
	const suggest = createSuggest();
	return findVariables(parts).flatMap(({ parts: [name = ""], line, column }) => {
		if (names.includes(name)) return [];
		const meant = suggest(name, names);
		const next = meant === undefined ? "Add it to the variables in the front matter." : `Did you mean ${meant}?`;
		return [{ line, column, message: `There is no variable ${name}. ${next}` }];
	});
}

/** The variables of a prompt that declares none: what its text reads, none of it required, each of any kind. */
export function inferVariables(parts: readonly PromptPart[]): JsonObject {
	const names = [...new Set(findVariables(parts).map(({ parts: [name = ""] }) => name))].filter(
		(name) => nameSchema.safeParse(name).success,
	);
	return { type: "object", properties: Object.fromEntries(names.map((name) => [name, {}])), required: [] };
}
