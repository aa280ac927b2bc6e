import { z } from "zod";
import { type NodeId, nodeIdSchema, type PlanNode } from "@/server/plan/plan";
import { type Json, jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import type { Iteration } from "../events";

/**
 * The values that steps read instead of those of steps that do not run: outputs by step id and, if a step is tried alone,
 * the values of the containers around it.
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

type Scope = z.infer<typeof scopeSchema>;

export interface PinnedScope extends Omit<Scope, "steps"> {
	steps?: Record<NodeId, PinnedOutput>;
	/**
	 * The containers around, the innermost first, when secrets are hidden in what they give: `item`, `vars`, `iteration` and
	 * `outer` are then only what somebody said, and the rest is worked out where the secrets may be read.
	 */
	containers?: readonly PinnedContainer[];
}

export interface PinnedOutput {
	output: Json;
	/** Where the whole output is stored, if `output` is redacted. */
	sealed?: SealedPlace;
}

export interface SealedPlace {
	runId: string;
	/** The step's id in that run, when it has another one now. */
	nodeId?: NodeId;
	iteration: Iteration;
	text: string;
}

/** A container, and how it ran last. */
export interface PinnedContainer extends Pick<PlanNode, "id" | "type"> {
	/** What it was opened with: `items` or `vars`. */
	opened?: PinnedOutput;
	ended?: PinnedOutput;
}

/** The values that a person gives for a try; those left out are pinned or recorded ones. */
export const tryScopeSchema = scopeSchema.extend({
	inputs: jsonObjectSchema.optional(),
	trigger: jsonObjectSchema.optional(),
	state: jsonObjectSchema.optional(),
});
export type TryScope = z.infer<typeof tryScopeSchema>;
