import { needsOf } from "@/server/execution/step/needs";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import { replaceCredential } from "@/server/plan/edits/replace-credential";
import { type FormField, formFieldSchema } from "@/server/plan/form-field";
import { parseFormValues } from "@/server/plan/form-values";
import type { Plan, PlanNode } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import { formError } from "@/server/runs/verbs/form-error";

/** What somebody fills a template with. */
export interface TemplateAnswers {
	/** Values for all of its inputs, which become their defaults; left out, these stay. */
	inputs?: JsonObject | undefined;
	/** By the name in the template, the team's credential; null for later. */
	credentials: Readonly<Record<string, string | null>>;
	/** Who answers the prompts that the demo answers in the template. */
	provider: string;
	/** The usual one of the provider without it. */
	model?: string | undefined;
}

/** The names of the credentials that a plan refers to, in the order of its steps. */
export function credentialsOf(plan: Plan): string[] {
	return [...new Set(plan.nodes.flatMap(credentialsOfNode))];
}

/** Whether a step of the plan is answered by the built-in demo model. */
export function hasDemoModel(plan: Plan): boolean {
	return plan.nodes.some(({ type, config }) => isDemo(type, config));
}

/** Passes by every step that wants one of these credentials, so that the rest runs without them. */
function withoutCredentials(plan: Plan, missing: readonly string[]): Plan {
	const nodes = plan.nodes.map((node) =>
		credentialsOfNode(node).some((name) => missing.includes(name)) ? { ...node, disabled: true } : node,
	);
	return { ...plan, nodes };
}

/** A template's plan with the answers in it. Throws `invalid` with the inputs whose values do not fit. */
export function fillTemplate(plan: Plan, { inputs, credentials, ...chosenModel }: TemplateAnswers): Plan {
	const asked = inputs === undefined ? plan.inputs : withDefaults(plan.inputs, inputs);
	const answered = { ...plan, inputs: asked, nodes: plan.nodes.map((node) => withModel(node, chosenModel)) };
	const missing = credentialsOf(plan).filter((name) => (credentials[name] ?? null) === null);
	const chosen = Object.entries(credentials).flatMap(([from, to]) => (to === null ? [] : [{ from, to }]));
	return chosen.reduce(
		(filled, choice) => replaceCredential(filled, choice, catalog),
		withoutCredentials(answered, missing),
	);
}

function credentialsOfNode(node: PlanNode): string[] {
	return needsOf(node).secrets.map((reference) => reference.split(".")[0] ?? reference);
}

function isDemo(type: string, config: JsonObject): boolean {
	return definitionOf(type)?.isDemo?.(config) ?? false;
}

function withModel(node: PlanNode, { provider, model }: Pick<TemplateAnswers, "provider" | "model">): PlanNode {
	const { model: _, ...rest } = node.config;
	const config = { ...rest, provider, ...(model !== undefined && { model }) };
	return isDemo(node.type, node.config) && !isDemo(node.type, config) ? { ...node, config } : node;
}

function withDefaults(fields: readonly FormField[], values: JsonObject): FormField[] {
	const open = fields.map(({ default: _, ...field }) => formFieldSchema.parse(field));
	const read = parseFormValues(open, values);
	if (read.issues) throw formError("Some of the values do not fit.", read.issues);
	return open.map((field, index) => {
		const value = read.values[field.name] ?? emptyLike(fields[index]);
		return value === undefined ? field : formFieldSchema.parse({ ...field, default: value });
	});
}

/** Text that a template gives is text when it is emptied, too: its steps compare it with "". */
function emptyLike(field: FormField | undefined): "" | undefined {
	return typeof field?.default === "string" && field.type !== "select" && !field.required ? "" : undefined;
}
