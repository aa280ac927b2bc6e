import { z } from "zod";
import { jsonObjectSchema } from "../../plan/values/json";
import { defineTrigger, placeOf } from "../trigger-definition";
import { triggerIdSchema } from "../trigger-id";

export const signalConfigSchema = z.strictObject({
	type: z.literal("signal"),
	id: triggerIdSchema,
	path: z
		.string()
		.startsWith("/", "Begin the path with a slash")
		.meta({ label: "Path", placeholder: "/build", help: "As the sender names it." }),
	level: z.enum(["low", "high"]).default("low").meta({ label: "From level" }),
	seconds: z
		.int()
		.min(1)
		.max(60)
		.default(5)
		.meta({ label: "Within seconds", visibleWhen: ({ level }) => level === "high" }),
	isLoud: z.boolean().default(false).meta({ label: "Loud ones only" }),
	token: z
		.string()
		.optional()
		.meta({ label: "Token", credential: () => ({ token: { token: "" } }) }),
	filter: z.string().max(500).optional().meta({ label: "Only when", widget: "cel" }),
	inputs: jsonObjectSchema.default({}),
});

/** A kind of trigger that Weft does not have, with settings of its own: what a new one must bring, and nothing else. */
export const signalDefinition = defineTrigger({
	type: "signal",
	config: signalConfigSchema,
	startsItself: true,
	title: "Signal",
	cause: "By a signal",
	note: "Signals come from the tower.",
	reads: ["trigger.body"],
	address: placeOf,
	detail: () => "to an address of its own",
	icon: "globe",
	add: {
		label: "Start on a request",
		trigger: signalConfigSchema.parse({ type: "signal", id: "signal", path: "/new" }),
	},
	summary: ({ path }) => `a request to ${path}`,
	starts: () => "on a request",
});
