import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeText } from "../summary-text";

const configSchema = z
	.strictObject({
		fields: z.record(z.string(), jsonSchema).default({}).meta({
			label: "Fields",
			help: "Names and values of the run’s output.",
			widget: "key-value",
		}),
		value: jsonSchema.optional().meta({
			label: "Or one value",
			help: "The whole answer as one value, instead of fields.",
			placeholder: "{{ steps.summary.output.text }}",
			widget: "json",
			advanced: true,
		}),
	})
	.refine(({ fields, value }) => Object.keys(fields).length > 0 !== (value !== undefined), {
		path: ["fields"],
		message: "Add the fields of the answer, or give one value, not both",
	});

export const outputDefinition = defineNode({
	type: "output",
	title: "Output",
	description: "Sets the output of the run.",
	icon: "flag",
	keywords: ["result", "return", "respond", "response", "answer", "end", "finish"],
	category: "data",
	kind: "step",
	hasEffect: false,
	canFail: () => false,
	ports: () => ["out"],
	config: configSchema,
	/** The fields as one object, or the value. */
	output: jsonSchema,
	isRunOutput: true,
	summary: ({ fields, value }) => {
		const names = typeof fields === "object" && fields !== null ? Object.keys(fields) : [];
		if (names.length > 3) return countOf(names.length, "field");
		if (names.length > 0) return names.join(", ");
		return typeof value === "string"
			? summarizeText(value, "no fields yet")
			: value === undefined
				? "no fields yet"
				: "one value";
	},
});
