import { z } from "zod";
import { jsonSchema } from "../../plan/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z
	.strictObject({
		action: z
			.enum(["set", "get", "has", "delete"])
			.default("set")
			.meta({ label: "Action", help: "Set, get, check whether it exists, or delete.", widget: "select" }),
		key: z
			.string()
			.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "Use letters, digits and _, not starting with a digit")
			.meta({ label: "Name", help: "Later steps read it as state.name.", placeholder: "release_tag" }),
		value: jsonSchema.optional().meta({ label: "Value", help: "Only for set.", widget: "json" }),
	})
	.refine(({ action, value }) => action !== "set" || value !== undefined, {
		path: ["value"],
		message: "Enter the value to set",
	});

export const stateDefinition = defineNode({
	type: "state",
	title: "State",
	description: "Stores a value for the rest of the run, or reads one stored earlier.",
	icon: "database",
	keywords: ["set", "variable", "var", "store", "remember", "memory", "save", "counter"],
	category: "data",
	kind: "step",
	canFail: () => false,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		key: z.string().meta({ label: "Name" }),
		value: jsonSchema.meta({ label: "Value; null when there is none" }),
		exists: z.boolean().meta({ label: "Has a value (delete: had one)" }),
	}),
	summary: ({ action, key }) => {
		const name = summarizeText(key, "");
		return name === "" ? "no name yet" : `${summarizeText(action, "set")} ${name}`;
	},
});
