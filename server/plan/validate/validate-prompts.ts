import { type KnownPrompt, type PlanView, quote } from "../graph/plan-view";
import type { Issue } from "../issue";
import type { PlanNode } from "../plan";
import { PROMPT_KEYS, type PromptUse } from "../prompts/prompt-use";
import { checkVariables } from "../prompts/prompt-variables";
import type { Json } from "../values/json";

type Found = Omit<Issue, "nodeId">;

/** Whether the prompt of the library that a step uses is there, and takes the values that the step hands to it. */
export function checkPrompt(view: PlanView, node: PlanNode): Issue[] {
	const use = view.definitionOf(node)?.promptOf?.(node.config);
	if (!use || !view.prompts) return [];
	const known = view.prompts.find(({ name, formerNames }) => name === use.name || formerNames.includes(use.name));
	const found = known ? [...checkName(use, known), ...checkUse(use, known)] : [missingPrompt(view, use)];
	return found.map((issue) => ({ ...issue, nodeId: node.id }));
}

function missingPrompt({ prompts = [], suggest }: PlanView, { name }: PromptUse): Found {
	const meant = suggest(
		name,
		prompts.map((prompt) => prompt.name),
	);
	return {
		...at(PROMPT_KEYS.name),
		code: "unknown_prompt",
		message: `There is no prompt ${quote(name)} in the library. It may have been deleted: choose another, or add it under Prompts.`,
		...(meant !== undefined && { suggestion: meant }),
	};
}

function checkName(use: PromptUse, { name }: KnownPrompt): Found[] {
	if (use.name === name) return [];
	const message = `${quote(use.name)} is called ${quote(name)} now, which is used. Choose it by its new name.`;
	return [{ ...at(PROMPT_KEYS.name), severity: "warning", code: "renamed_prompt", message, suggestion: name }];
}

function checkUse({ version, variables }: PromptUse, prompt: KnownPrompt): Found[] {
	if (version !== undefined && version > prompt.version) {
		const message = `${quote(prompt.name)} has no version ${version}: its latest is ${prompt.version}. Choose one up to that.`;
		return [{ ...at(PROMPT_KEYS.version), code: "unknown_prompt_version", message }];
	}
	const isLatest = version === undefined || version === prompt.version;
	const schema = isLatest ? prompt.variables : prompt.earlier?.[version];
	if (!schema) return [];
	return checkVariables(schema, variables, hasReference).map(({ name, message }) => ({
		...at(`${PROMPT_KEYS.variables}.${name}`),
		code: "prompt_variable",
		message,
	}));
}

function at(field: string): Pick<Issue, "severity" | "field"> {
	return { severity: "error", field: `config.${field}` };
}

/** Only a run knows what it becomes. */
function hasReference(value: Json): boolean {
	if (typeof value === "string") return value.includes("{{");
	return typeof value === "object" && value !== null && Object.values(value).some(hasReference);
}
