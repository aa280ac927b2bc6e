import { z } from "zod";
import { jsonObjectSchema, jsonSchema } from "../plan/json";
import { nodeIdSchema } from "../plan/plan";

/**
 * What steps read in the place of what does not run: outputs of other steps by id and, when a step is tried alone, what
 * the containers around it would give it.
 */
export const pinnedScopeSchema = z.strictObject({
	steps: z.record(nodeIdSchema, z.strictObject({ output: jsonSchema })).optional(),
	vars: jsonObjectSchema.optional(),
	item: jsonSchema.optional(),
	/** `index`, `total` and, in a loop, `previous`: the steps of the iteration before. */
	iteration: jsonObjectSchema.optional(),
});
export type PinnedScope = z.infer<typeof pinnedScopeSchema>;

/** What somebody says that a step is to read when it is tried; what is left out is looked up. */
export const tryScopeSchema = pinnedScopeSchema.extend({
	inputs: jsonObjectSchema.optional(),
	trigger: jsonObjectSchema.optional(),
	state: jsonObjectSchema.optional(),
});
export type TryScope = z.infer<typeof tryScopeSchema>;
