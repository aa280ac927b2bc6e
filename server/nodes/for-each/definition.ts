import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeText } from "../summary-text";
import { listItems, problemOfItems } from "./list-items";

const configSchema = z.strictObject({
	items: jsonSchema
		.superRefine((value, context) => {
			const problem = problemOfItems(value);
			if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
		})
		.meta({
			label: "Items",
			help: "A list, or text with one item a line. The steps inside read the current one as item, and inside another container as outer.item.",
			placeholder: "{{ inputs.regions }}",
			widget: "json",
		}),
	parallel: z.int().min(1).max(50).default(1).meta({ label: "Parallel items", help: "How many items run at once." }),
	onItemFailure: z.enum(["stop", "continue"]).default("stop").meta({
		label: "When an item fails",
		help: "Stop: no more items start and the step fails. Continue: the output lists the failed items.",
		widget: "select",
		editedIn: "failure",
	}),
	workspace: z.enum(["shared", "own"]).default("shared").meta({
		label: "Workspace",
		help: "Shared: all items work in the workspace of the run. Own: each item works in an empty directory of its own, and finds that of the run at $WEFT_SHARED.",
		widget: "select",
	}),
	stopWhen: z.string().trim().min(1).max(4_000).optional().meta({
		label: "Stop when",
		help: "A CEL expression, checked after each item that did not fail. It sees the steps inside, item, iteration and vars. Once it is true no more items begin.",
		placeholder: "steps.check.output.found == true",
		widget: "cel",
		references: "none",
	}),
});

const failureSchema = z.object({
	index: z.int(),
	item: jsonSchema,
	error: z.string(),
});

const outputSchema = z.object({
	results: z.array(jsonSchema).meta({ label: "One result per item that ran, in their order; null for a failed one" }),
	failures: z.array(failureSchema).meta({ label: "Items that failed" }),
	total: z.int().meta({ label: "Items" }),
	ran: z.int().meta({ label: "Items that ran" }),
	stopped: z.boolean().meta({ label: "Ended by its stop condition" }),
});

export const forEachDefinition = defineNode({
	type: "for-each",
	title: "For each",
	description: "Runs its steps once for every item of a list, several at a time if you like.",
	icon: "repeat",
	keywords: ["iterate", "each", "list", "items", "array", "loop", "map", "batch", "parallel", "every"],
	category: "flow",
	kind: "container",
	body: {
		runs: "items",
		items: ({ items = [] }) => listItems(items),
		mayOwnWorkspace: ({ workspace = "shared" }) => workspace !== "shared",
		summary: ({ parallel }) =>
			typeof parallel === "number" && parallel > 1 ? `${parallel} at a time` : "one at a time",
	},
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	leftByFailure: outputSchema,
	takes: ["array"],
	summary: ({ items }) => {
		if (Array.isArray(items)) return countOf(items.length, "item");
		return summarizeText(items, "no items yet").replace(/^\{\{(.*)\}\}$/, "$1");
	},
});
