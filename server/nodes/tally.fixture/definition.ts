import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { isObject } from "../../plan/values/json";

/** A type of step that Weft does not have, with two ports and a field that another one calls for. */
export const tallyDefinition = defineNode({
	type: "tally",
	title: "Tally",
	description: "Compares a number with a limit.",
	icon: "flag",
	keywords: ["threshold"],
	category: "data",
	kind: "step",
	hasEffect: false,
	canFail: () => false,
	ports: () => ["within", "over"],
	portOf: (output) => (isObject(output) ? (output.over === true ? "over" : "within") : undefined),
	config: z.strictObject({
		count: z.number().meta({ label: "Count" }),
		limit: z.enum(["none", "at-most"]).default("none").meta({ label: "Limit", widget: "select" }),
		most: z
			.number()
			.optional()
			.meta({ label: "Highest count", visibleWhen: ({ limit }) => limit === "at-most" }),
	}),
	output: z.object({ over: z.boolean() }),
	takes: ["integer"],
	summary: ({ most }) => (typeof most === "number" ? `at most ${most}` : "no limit"),
});
