import { z } from "zod";
import { isObject, jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeExpression } from "../summary-text";

const configSchema = z.strictObject({
	maxIterations: z
		.int()
		.min(1)
		.max(10_000)
		.default(10)
		.meta({ label: "Iteration limit", help: "The loop ends after so many iterations." }),
	stopWhen: z.string().trim().min(1).max(4_000).optional().meta({
		label: "Stop when",
		help: "A CEL expression, checked after each iteration. It sees the steps inside, iteration and vars.",
		placeholder: "steps.check.output.exitCode == 0",
		widget: "cel",
		references: "none",
	}),
	vars: z.record(z.string(), jsonSchema).default({}).meta({
		label: "Variables",
		help: "Values in the first iteration. Steps inside read them as vars.name.",
		widget: "key-value",
	}),
	next: z.record(z.string(), jsonSchema).default({}).meta({
		label: "Next values",
		help: "New values of the variables after each iteration. The others stay.",
		widget: "key-value",
		// Worked out after each iteration, not when the loop starts: its references see the steps inside.
		references: "none",
	}),
});

const outputSchema = z.object({
	iterations: z.int().meta({ label: "Iterations that ran" }),
	exhausted: z.boolean().meta({ label: "Ended without reaching its stop condition" }),
	vars: jsonObjectSchema.meta({ label: "Variables at the end" }),
	last: z.record(z.string(), z.object({ output: jsonSchema })).meta({ label: "Steps of the last iteration, by id" }),
});

export const loopDefinition = defineNode({
	type: "loop",
	title: "Loop",
	description: "Repeats its steps until a condition is true or a limit is reached.",
	icon: "refresh-cw",
	keywords: ["repeat", "while", "until", "iterate", "again", "poll", "retry", "times"],
	category: "flow",
	kind: "container",
	body: {
		runs: "rounds",
		vars: ({ vars }) => (isObject(vars) ? vars : {}),
		summary: ({ stopWhen, maxIterations }) => {
			if (typeof stopWhen !== "string") return undefined;
			return `at most ${typeof maxIterations === "number" ? maxIterations : 10}`;
		},
	},
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out", "exhausted"],
	portOf: (output) => {
		if (!isObject(output) || typeof output.exhausted !== "boolean") return undefined;
		return output.exhausted ? "exhausted" : "out";
	},
	config: configSchema,
	output: outputSchema,
	leftByFailure: outputSchema,
	summary: ({ stopWhen, maxIterations }) => {
		const condition = summarizeExpression(stopWhen, "");
		if (condition !== "") return `until ${condition}`;
		return typeof maxIterations === "number" ? countOf(maxIterations, "time") : "10 times";
	},
});
