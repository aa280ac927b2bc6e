import type { z } from "zod";
import { celProblems } from "../expressions/cel";
import { type ConfigText, type FieldRules, fieldRules, textsOf } from "../expressions/field-rules";
import { findLiteralReferences } from "../expressions/literal-references";
import { type NodeReference, nodeReferences } from "../expressions/node-references";
import { parseTemplate } from "../expressions/template";
import { cacheByText } from "../expressions/text-cache";
import { findHostExtensions } from "../expressions/url-template";
import { formFieldSchema } from "../form-field";
import { checkFormFields } from "../form-values";
import type { Issue } from "../issue";
import type { NodeDefinition } from "../node-definition";
import { findUnsafeShellReferences } from "../shell/shell-references";
import type { Json, JsonObject } from "../values/json";
import { childSchema, labelAt, metadataOf } from "../values/schema-tree";
import type { TextProblem } from "../values/text-problem";
import { fitValue } from "../values/value-text";
import { explainProblem } from "./explain-problem";
import { findLiteralSecrets, findSecretHeader, literalSecret } from "./find-literal-secrets";

/** What a config says about itself, without the plan around it. */
export interface CheckedConfig {
	issues: readonly Issue[];
	references: readonly NodeReference[];
}

/**
 * Plans are values and never changed in place: a config that is the same object has the same issues. So an edit of one
 * node costs the check of one config, however large the plan.
 */
const checked = new WeakMap<JsonObject, { definition: NodeDefinition; result: CheckedConfig }>();

/** Checks a config against its type; the issues lack the node's id. */
export function checkConfig(config: JsonObject, definition: NodeDefinition): CheckedConfig {
	const known = checked.get(config);
	if (known?.definition === definition) return known.result;
	const texts = textsOf(config, definition);
	const result = {
		issues: [
			...checkSchema(config, definition, texts),
			...texts.flatMap((text) => checkText(text, definition)),
			...checkForms(config, definition),
			...(definition.warnings?.(config) ?? []).map(toWarning),
			...texts.flatMap((text) => findLiteralReferences(text, definition)),
			...texts.flatMap(checkSecrets),
		],
		references: nodeReferences(texts),
	};
	checked.set(config, { definition, result });
	return result;
}

function toWarning({ field, message }: { field: string; message: string }): Issue {
	return { severity: "warning", field: `config.${field}`, code: "likely_mistake", message };
}

function checkSecrets({ text, path, field }: ConfigText): Issue[] {
	const found = findLiteralSecrets(text);
	const [section, name] = path.slice(-2);
	const inHeader = found.length === 0 && section === "headers" && name ? findSecretHeader(name, text) : [];
	return [...found, ...inHeader].map((secret) => literalSecret(secret, field));
}

/** What stands in for a value that only a run knows is not checked: a reference may become anything. */
function checkSchema(config: JsonObject, definition: NodeDefinition, texts: readonly ConfigText[]): Issue[] {
	const problems = schemaProblems(config, definition);
	if (problems.length === 0) return [];
	const unknown = texts.filter(({ kind, text }) => (kind === "template" || kind === "shell") && text.includes("{{"));
	return problems.flatMap((problem) => {
		if (unknown.some(({ path }) => dependsOn(problem, path))) return [];
		const path = problem.code === "unrecognized_keys" ? [...problem.path, problem.keys[0] ?? ""] : problem.path;
		return [
			{
				severity: "error" as const,
				field: ["config", ...path.map(String)].join("."),
				code: problem.code === "unrecognized_keys" ? "unknown_field" : "invalid_config",
				message: explainProblem(problem, definition.config, config),
			},
		];
	});
}

/** Texts that spell out a number or true count as one where one is asked for, as they do in a run. */
function schemaProblems(config: JsonObject, { config: schema }: NodeDefinition): readonly z.core.$ZodIssue[] {
	const parsed = schema.safeParse(config);
	if (parsed.success) return [];
	return schema.safeParse(fitTexts(config, fieldRules(schema))).error?.issues ?? [];
}

function fitTexts(value: Json, rules: FieldRules): Json {
	if (typeof value === "string") return fitValue(value, rules.value);
	if (Array.isArray(value)) return value.map((item, index) => fitTexts(item, rules.child(String(index))));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fitTexts(item, rules.child(key))]));
}

/** A problem at a reference, below one, or about a whole that contains one. */
function dependsOn(problem: z.core.$ZodIssue, path: readonly string[]): boolean {
	// No reference stands in the name of an entry.
	if (problem.code === "custom" && problem.params?.about === "name") return false;
	const place = problem.path.map(String);
	const shared = Math.min(place.length, path.length);
	if (place.slice(0, shared).some((part, index) => part !== path[index])) return false;
	return place.length >= path.length || (problem.code !== "unrecognized_keys" && problem.code !== "invalid_type");
}

function checkText(source: ConfigText, definition: NodeDefinition): Issue[] {
	const { kind, text, field } = source;
	const toIssue = (code: string, problem: TextProblem): Issue => ({
		severity: "error",
		field,
		code,
		message: `${labelAt(definition.config, source.path)}${placeIn(text, problem)}: ${problem.message}`,
	});
	if (kind === "code") return [];
	if (kind === "cel")
		return text.trim() === "" ? [] : celProblems(text).map((problem) => toIssue("invalid_expression", problem));
	const { parts, problem } = parseTemplate(text);
	if (problem) return [toIssue("invalid_reference", problem)];
	if (source.isUrl) return findHostExtensions(text, parts).map((found) => toIssue("unsafe_url_reference", found));
	if (kind === "template" || !text.includes("{{")) return [];
	return unsafeReferences(text).map((unsafe) =>
		toIssue("unsafe_shell_reference", {
			...unsafe,
			message: `{{ ${unsafe.path} }} cannot be used here. ${unsafe.message}`,
		}),
	);
}

const unsafeReferences = cacheByText(findUnsafeShellReferences);

/** The place is said only where it helps: in a text of several lines, or far into one. */
function placeIn(text: string, { line, column }: TextProblem): string {
	if (text.includes("\n")) return ` (line ${line}, column ${column})`;
	return column > 1 ? ` (column ${column})` : "";
}

function checkForms(config: JsonObject, definition: NodeDefinition): Issue[] {
	return Object.entries(config).flatMap(([key, value]) => {
		const schema = childSchema(definition.config, key);
		if (!schema || metadataOf(schema).widget !== "form-fields") return [];
		const fields = formFieldSchema.array().safeParse(value);
		if (!fields.success) return [];
		return checkFormFields(fields.data).map(({ index, key: part, message }) => ({
			severity: "error" as const,
			field: `config.${key}.${index}.${part}`,
			code: "invalid_form",
			message,
		}));
	});
}
