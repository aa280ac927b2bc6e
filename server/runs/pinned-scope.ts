import { z } from "zod";
import { type Json, jsonObjectSchema, jsonSchema } from "../plan/json";
import { type NodeId, nodeIdSchema } from "../plan/plan";
import type { Iteration } from "./events";

/**
 * What steps read in the place of what does not run: outputs of other steps by id and, when a step is tried alone, what
 * the containers around it would give it.
 */
const scopeSchema = z.strictObject({
	steps: z.record(nodeIdSchema, z.strictObject({ output: jsonSchema })).optional(),
	vars: jsonObjectSchema.optional(),
	item: jsonSchema.optional(),
	/** `index`, `total` and, in a loop, `previous`: the steps of the iteration before. */
	iteration: jsonObjectSchema.optional(),
	/** The same of the containers further out. */
	outer: jsonObjectSchema.optional(),
});

export interface PinnedScope extends Omit<z.infer<typeof scopeSchema>, "steps"> {
	steps?: Record<NodeId, PinnedOutput>;
}

export interface PinnedOutput {
	output: Json;
	/** Where it was recorded, and as what, when secrets are hidden in `output`. */
	sealed?: { runId: string; iteration: Iteration; text: string };
}

/** What somebody says that a step is to read when it is tried; what is left out is looked up. */
export const tryScopeSchema = scopeSchema.extend({
	inputs: jsonObjectSchema.optional(),
	trigger: jsonObjectSchema.optional(),
	state: jsonObjectSchema.optional(),
});
export type TryScope = z.infer<typeof tryScopeSchema>;
