import { z } from "zod";
import { ruleSchema } from "@/server/plan/expressions/rules";
import { isObject } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeExpression, summarizeRule } from "../summary-text";

const configSchema = z
	.strictObject({
		match: z.enum(["all", "any"]).optional().meta({
			label: "True when",
			help: "Whether all of the rules have to hold, or any one.",
			widget: "select",
			editedIn: "rules",
		}),
		rules: z
			.array(ruleSchema)
			.max(20)
			.optional()
			.meta({
				label: "Rules",
				widget: "rules",
				visibleWhen: ({ when }) => when === undefined,
				otherForm: "expression",
			}),
		when: z
			.string()
			.trim()
			.min(1, "Enter the condition")
			.max(4_000)
			.optional()
			.meta({
				label: "When",
				help: "A CEL expression that is true or false, instead of rules.",
				placeholder: "steps.test.output.exitCode == 0",
				widget: "cel",
				references: "none",
				// Written in the place of rules, by choice.
				visibleWhen: () => false,
				otherForm: "rules",
			}),
	})
	.superRefine(({ rules = [], when }, context) => {
		if (rules.length > 0 !== (when !== undefined)) return;
		const message = when === undefined ? "Add a rule, or write an expression" : "Use rules or an expression, not both";
		context.addIssue({ code: "custom", path: ["rules"], message });
	});

export const conditionDefinition = defineNode({
	type: "condition",
	title: "Condition",
	description: "Takes the true branch or the false branch.",
	icon: "split",
	keywords: ["if", "else", "branch", "check", "test", "compare", "when", "decision"],
	category: "flow",
	kind: "step",
	hasEffect: false,
	canFail: () => true,
	ports: () => ["true", "false"],
	portOf: (output) => (isObject(output) && typeof output.result === "boolean" ? String(output.result) : undefined),
	config: configSchema,
	output: z.object({ result: z.boolean().meta({ label: "Result" }) }),
	takes: ["boolean", "integer", "number"],
	summary: ({ match, rules, when }) => summarizeRules(rules, match) ?? summarizeExpression(when, "no condition yet"),
});

function summarizeRules(rules: unknown, match: unknown): string | undefined {
	const [first, ...others] = ruleSchema.array().safeParse(rules).data ?? [];
	if (first === undefined) return undefined;
	if (others.length === 0) return summarizeRule(first);
	return `${summarizeRule(first)} ${match === "any" ? "or" : "and"} ${others.length} more`;
}
