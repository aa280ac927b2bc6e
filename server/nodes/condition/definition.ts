import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeExpression } from "../summary-text";

export const conditionDefinition = defineNode({
	type: "condition",
	title: "Condition",
	description: "Goes one way when something is true and another way when it is not.",
	icon: "split",
	keywords: ["if", "else", "branch", "check", "test", "compare", "when", "decision"],
	category: "flow",
	kind: "step",
	canFail: () => true,
	ports: () => ["true", "false"],
	config: z.strictObject({
		when: z.string().trim().min(1, "Write the condition").max(4_000).meta({
			label: "When",
			help: "A CEL expression that is true or false.",
			placeholder: "steps.test.output.exitCode == 0",
			widget: "cel",
			references: "none",
		}),
	}),
	output: z.object({ result: z.boolean().meta({ label: "Result" }) }),
	summary: ({ when }) => summarizeExpression(when, "no condition yet"),
});
