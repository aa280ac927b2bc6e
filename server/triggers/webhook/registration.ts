import { celProblems, celReferences } from "../../plan/expressions/cel";
import { parseTemplate, referencesIn } from "../../plan/expressions/template";
import type { FormField } from "../../plan/form-field";
import { parseFormValues } from "../../plan/form-values";
import type { Json, JsonObject } from "../../plan/values/json";
import { defineRegistration } from "../trigger-registration";
import { webhookDefinition } from "./definition";
import { PRESET_NAMES } from "./settings/describe-webhook";
import { GENERIC_PRESETS, type WebhookConfig } from "./settings/webhook-config";

interface Problem {
	field: string;
	message: string;
}

export const webhookRegistration = defineRegistration(webhookDefinition, {
	problems: (config, form) => [
		...checkSender(config),
		...checkExpression("filter", config.filter),
		...checkExpression("dedupeKey", config.dedupeKey),
		...checkInputs(config.inputs, form),
	],
});

function checkSender({ preset, secret, formerSecret, answer }: WebhookConfig): Problem[] {
	const problems: Problem[] = [];
	if (preset !== "none" && secret === undefined)
		problems.push({
			field: "secret",
			message: "Choose the credential that holds the secret; until then every request is refused.",
		});
	if (preset === "none" && (secret ?? formerSecret) !== undefined)
		problems.push({
			field: "preset",
			message: "Choose how requests prove that they know the secret, or take it away.",
		});
	if (answer === "output" && !GENERIC_PRESETS.has(preset))
		problems.push({ field: "answer", message: `${PRESET_NAMES[preset]} wants its answer at once.` });
	return problems;
}

function checkExpression(field: string, text: string | undefined): Problem[] {
	if (text === undefined) return [];
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
		...unknown.map((field) => ({ field, message: `There is no field ${field}.` })),
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
	return [{ field, message: `${root} is not known before a run starts. A webhook reads trigger, as in trigger.body.` }];
}
