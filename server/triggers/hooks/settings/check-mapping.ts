import type { z } from "zod";
import { celProblems, celReferences } from "../../../plan/expressions/cel";
import { parseTemplate, referencesIn } from "../../../plan/expressions/template";
import type { FormField } from "../../../plan/form-field";
import { parseFormValues } from "../../../plan/form-values";
import { type Json, type JsonObject, jsonObjectSchema } from "../../../plan/values/json";
import { metadataOf } from "../../../plan/values/schema-tree";

/** The path within a trigger's settings, and what to do. */
interface Problem {
	field: string;
	message: string;
}

/** What a schema tells of what keeps a trigger from starting runs: its expressions in CEL, and what its runs fill in. */
export function checkSettings(schema: z.ZodObject, config: object, form: readonly FormField[]): Problem[] {
	const values = new Map<string, unknown>(Object.entries(config));
	const expressions = Object.entries(schema.shape).flatMap(([field, each]) => {
		const text = values.get(field);
		return metadataOf(each).widget === "cel" && typeof text === "string" ? checkExpression(field, text) : [];
	});
	const { data: inputs } = jsonObjectSchema.safeParse(values.get("inputs"));
	return inputs === undefined ? expressions : [...expressions, ...checkInputs(inputs, form)];
}

/** An expression in CEL over what a request brings. */
function checkExpression(field: string, text: string): Problem[] {
	const [problem] = celProblems(text);
	if (problem) return [{ field, message: problem.message }];
	return checkRoots(field, celReferences(text));
}

/** Values that are written out are checked as the form does; what a request brings is known when it comes. */
function checkInputs(inputs: JsonObject, form: readonly FormField[]): Problem[] {
	const isWritten = (name: string) => Object.hasOwn(inputs, name) && referencesOf(inputs[name]).length === 0;
	const written = Object.fromEntries(Object.entries(inputs).filter(([name]) => isWritten(name)));
	const asked = form.filter(({ name }) => isWritten(name) || !Object.hasOwn(inputs, name));
	const unknown = Object.keys(inputs).filter((name) => !form.some((field) => field.name === name));
	const mistakes = [
		...(parseFormValues(asked, withoutUnknown(written, form)).issues ?? []),
		...unknown.map((field) => ({
			field,
			message: `The workflow’s form has no field ${field}. Add it, or take the value away.`,
		})),
	];
	return [
		...mistakes.map(({ field, message }) => ({ field: `inputs.${field}`, message })),
		...Object.entries(inputs).flatMap(([name, value]) => checkTemplates(`inputs.${name}`, value)),
	];
}

function withoutUnknown(values: JsonObject, form: readonly FormField[]): JsonObject {
	return Object.fromEntries(Object.entries(values).filter(([name]) => form.some((field) => field.name === name)));
}

function referencesOf(value: Json | undefined): readonly { path: readonly string[] }[] {
	return textsIn(value).flatMap(referencesIn);
}

function textsIn(value: Json | undefined): string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function checkTemplates(field: string, value: Json): Problem[] {
	const mistake = textsIn(value).flatMap((text) => parseTemplate(text).problem ?? [])[0];
	return mistake ? [{ field, message: mistake.message }] : checkRoots(field, referencesOf(value));
}

function checkRoots(field: string, references: readonly { path: readonly string[] }[]): Problem[] {
	const root = references.find(({ path }) => path[0] !== "trigger")?.path[0];
	if (root === undefined) return [];
	return [
		{ field, message: `${root} is not known before a run starts. Requests are read as trigger, as in trigger.body.` },
	];
}
