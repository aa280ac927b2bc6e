import { z } from "zod";

/** What the gallery sorts templates into, in its order. */
export const CATEGORIES = {
	release: "Release",
	"on-call": "On call",
	data: "Data",
	everyday: "Everyday",
	prompts: "Prompts",
} as const;
export type CategoryId = keyof typeof CATEGORIES;
const CATEGORY_IDS = ["release", "on-call", "data", "everyday", "prompts"] as const satisfies CategoryId[];
export const categorySchema = z.enum(CATEGORY_IDS);

const line = z.string().trim().min(1).max(300);

/** Something outside of Weft that a template works with. */
const needSchema = z.strictObject({
	kind: z.enum(["program", "repository", "service", "people"]),
	name: line,
	help: line,
	optional: z.boolean().default(false),
});
export type TemplateNeed = z.infer<typeof needSchema>;

const credentialSchema = z.strictObject({ label: line, help: line });

/** `template.yml` beside a shipped plan: what its page says beyond the plan itself. */
export const templateFileSchema = z.strictObject({
	category: categorySchema,
	/** Raised when the plan changes, so that workflows made from it are told. */
	version: z.int().min(1),
	happens: z.array(line).min(1).max(10),
	needs: z.array(needSchema).max(10),
	/** By the name under which the plan refers to it. */
	credentials: z.record(z.string(), credentialSchema).default({}),
});
export type TemplateFile = z.infer<typeof templateFileSchema>;
