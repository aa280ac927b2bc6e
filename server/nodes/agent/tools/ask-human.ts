import { z } from "zod";
import { type FormField, formFieldSchema } from "@/server/plan/form-field";
import { defineTool } from "../tool";

const field = z.strictObject({
	name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "Lower-case letters, digits and _, starting with a letter"),
	label: z.string().max(200).optional(),
	type: z.enum(["text", "textarea", "number", "boolean", "select"]).default("text"),
	options: z.array(z.string().max(200)).max(50).optional().describe("What can be chosen, for select."),
	notes: z
		.array(z.string().max(500))
		.max(50)
		.optional()
		.describe("A line about each option, in their order: what it means, what it costs."),
	required: z.boolean().default(false),
});
export const askHumanInput = z.strictObject({
	question: z.string().min(1).max(5_000).describe("What somebody has to know or decide. They see nothing else."),
	fields: z.array(field).max(10).default([]).describe("The form of the answer. Without one they write a text."),
});

/** Asks somebody of the team. It is answered by the loop, which lets the step wait: `run` is never reached. */
export const askHumanTool = defineTool({
	description: "Asks a person of the team, and waits for the answer, however long it takes.",
	input: askHumanInput,
	origin: () => "own",
	isRepeatable: () => true,
	isDangerous: () => false,
	run: async () => "Nobody was asked.",
});

const ANSWER: FormField = { name: "answer", type: "textarea", label: "Answer", required: true };

/** The fields of the form that people see. */
export function formOf({ fields }: z.infer<typeof askHumanInput>): FormField[] {
	const form = fields.map(({ options = [], notes = [], type, ...common }) => {
		if (type !== "select") return formFieldSchema.parse({ ...common, type });
		const noted = options.flatMap((option, index) => (notes[index] ? [[option, notes[index]] as const] : []));
		return formFieldSchema.parse({
			...common,
			type,
			options,
			...(noted.length > 0 && { notes: Object.fromEntries(noted) }),
		});
	});
	return form.length === 0 ? [ANSWER] : form;
}
