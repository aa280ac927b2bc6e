import { z } from "zod";
import { jsonSchema } from "../../plan/json";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeText } from "../summary-text";
import { problemOfItems } from "./list-items";

const configSchema = z.strictObject({
	items: jsonSchema
		.superRefine((value, context) => {
			const problem = problemOfItems(value);
			if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
		})
		.meta({
			label: "Items",
			help: "A list, or text with one item a line. The steps inside read the current one as item.",
			placeholder: "{{ inputs.regions }}",
			widget: "json",
		}),
	parallel: z
		.int()
		.min(1)
		.max(50)
		.default(1)
		.meta({ label: "At the same time", help: "How many items may be worked on at once." }),
	onItemFailure: z.enum(["stop", "continue"]).default("stop").meta({
		label: "When an item fails",
		help: "Stop starts no further item and fails; continue goes on and lists the failed ones in the output.",
		widget: "select",
	}),
});

const failureSchema = z.object({
	index: z.int(),
	item: jsonSchema,
	error: z.string(),
});

const outputSchema = z.object({
	results: z.array(jsonSchema).meta({ label: "One result an item, in the items' order; nothing for a failed one" }),
	failures: z.array(failureSchema).meta({ label: "Items that failed" }),
	total: z.int().meta({ label: "Items" }),
});

export const forEachDefinition = defineNode({
	type: "for-each",
	title: "For each",
	description: "Runs the steps inside it once for every item of a list, several at a time if you wish.",
	icon: "repeat",
	keywords: ["iterate", "each", "list", "items", "array", "loop", "map", "batch", "parallel", "every"],
	category: "flow",
	kind: "container",
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	leftByFailure: outputSchema,
	summary: ({ items }) => {
		if (Array.isArray(items)) return countOf(items.length, "item");
		return summarizeText(items, "no items yet").replace(/^\{\{(.*)\}\}$/, "$1");
	},
});
