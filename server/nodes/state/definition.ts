import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const keySchema = z
	.string()
	.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "Use letters, digits and _, not starting with a digit");

function isWriting(action: unknown): boolean {
	return action === "set" || action === "increment" || action === "append";
}

const configSchema = z
	.strictObject({
		action: z.enum(["set", "get", "has", "delete", "increment", "append"]).default("set").meta({
			label: "Action",
			help: "Set, get, check whether it exists, or delete. Increment adds to a number and append to a list: steps that run at the same time lose none of each other's changes.",
			widget: "select",
		}),
		key: keySchema.meta({ label: "Name", help: "Later steps read it as state.name.", placeholder: "release_tag" }),
		value: jsonSchema.optional().meta({
			label: "Value",
			help: "What to set, or to append.",
			widget: "json",
			visibleWhen: ({ action = "set" }) => action === "set" || action === "append",
		}),
		by: z
			.number()
			.default(1)
			.meta({
				label: "Add",
				help: "A negative number subtracts. A missing value counts as 0.",
				visibleWhen: ({ action }) => action === "increment",
			}),
	})
	.refine(({ action, value }) => action !== "set" || value !== undefined, {
		path: ["value"],
		message: "Enter the value to set",
	})
	.refine(({ action, value }) => action !== "append" || value !== undefined, {
		path: ["value"],
		message: "Enter the value to append",
	});

export const stateDefinition = defineNode({
	type: "state",
	title: "State",
	description: "Stores a value for the rest of the run, or reads one stored earlier.",
	icon: "database",
	keywords: [
		"set",
		"variable",
		"var",
		"store",
		"remember",
		"memory",
		"save",
		"counter",
		"increment",
		"count",
		"append",
	],
	category: "data",
	kind: "step",
	hasEffect: true,
	readsRoots: ["state"],
	writesState: ({ action = "set", key }) => (isWriting(action) ? keySchema.safeParse(key).data : undefined),
	canFail: ({ action }) => action === "increment" || action === "append",
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
