import { z } from "zod";
import { jsonObjectSchema } from "../values/json";

const text = z.string().trim().min(1).max(200);

const workerSchema = z.union([
	text.transform((provider) => ({ provider, role: undefined })),
	z.object({ provider: text, role: text.optional() }),
]);

/** What a stage says of itself. Other keys are kept, to be told. */
export const stageSchema = z.looseObject({
	provider: text.optional(),
	providers: z.array(workerSchema).min(1).max(10).optional(),
	parallel_strategy: text.optional(),
	role: text.optional(),
	profile: text.optional(),
	model: text.max(100).optional(),
	mode: text.optional(),
	on_failure: z.union([text, z.strictObject({ goto: text }).transform(({ goto }) => `goto:${goto}`)]).optional(),
	retries: z.int().min(0).max(1_000).optional(),
	retry_backoff: z.union([z.number().min(0).max(86_400), text]).optional(),
	skills: z.union([text.transform((skill) => [skill]), z.array(text).max(100)]).optional(),
	prompt: z.union([z.string().max(200_000), z.strictObject({ file: text }).transform(({ file }) => file)]).optional(),
});
export type StageConfig = z.infer<typeof stageSchema>;

export const loopSchema = z.looseObject({
	max_iters: z
		.union([z.int().min(1).max(10_000), z.string().regex(/^\$\{\s*vars\.[\w.]+\s*\}$/)], {
			error: "max_iters is a whole number from 1 to 10,000",
		})
		.optional(),
	stop_when: z.union([z.string().max(4_000), z.boolean().transform(String)]).optional(),
	fallback_next_stage: text.optional(),
});
export type StageLoop = z.infer<typeof loopSchema>;

export const stageHeadSchema = z.looseObject({
	id: text.optional(),
	name: z.string().trim().min(1).max(120).optional(),
	description: z.string().max(2_000).default(""),
	vars: jsonObjectSchema.default({}),
});
