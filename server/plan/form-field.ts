import { z } from "zod";
import { jsonSchema } from "./values/json";

const base = {
	name: z
		.string()
		.regex(/^[a-z][a-z0-9_]{0,63}$/, "Use lower-case letters, digits and _, starting with a letter")
		.meta({ label: "Name" }),
	label: z.string().max(200).optional().meta({ label: "Label" }),
	help: z.string().max(1000).optional().meta({ label: "Help" }),
	required: z.boolean().default(false).meta({ label: "Required" }),
};
const options = z.array(z.string().max(200)).min(1).max(200).meta({ label: "Options" });

/** A line about each option, by the option. */
const notes = z.record(z.string().max(200), z.string().max(500)).optional();

/** One field of a form: a workflow's declared inputs and an approval's questions are both lists of these. */
export const formFieldSchema = z.discriminatedUnion("type", [
	z.strictObject({ ...base, type: z.literal("text"), default: z.string().optional() }),
	z.strictObject({ ...base, type: z.literal("textarea"), default: z.string().optional() }),
	z.strictObject({
		...base,
		type: z.literal("number"),
		default: z.number().optional(),
		min: z.number().optional(),
		max: z.number().optional(),
	}),
	z.strictObject({ ...base, type: z.literal("boolean"), default: z.boolean().optional() }),
	z.strictObject({ ...base, type: z.literal("select"), options, notes, default: z.string().optional() }),
	z.strictObject({ ...base, type: z.literal("multiselect"), options, default: z.array(z.string()).optional() }),
	z.strictObject({ ...base, type: z.literal("json"), default: jsonSchema.optional() }),
]);
export type FormField = z.infer<typeof formFieldSchema>;
