import { z } from "zod";
import { formFieldSchema } from "../form-field";
import {
	edgeSchema,
	nodeIdSchema,
	PLAN_LIMITS,
	planNodeSchema,
	portNameSchema,
	retrySchema,
	settingsSchema,
	triggerSchema,
} from "../plan";
import { jsonObjectSchema } from "../values/json";
import { readEdge } from "../yaml/readable-plan";

const { onFailure, join, timeoutSeconds } = planNodeSchema.shape;

/** A connection as files write it, `check.true -> deploy`, or as an object. */
const writtenEdge = z.preprocess(readEdge, edgeSchema);

/**
 * One edit of a plan in words that a model can write, a line each. A step that there is keeps what is not named; null takes
 * away what a step may lack.
 */
export const planChangeSchema = z.discriminatedUnion("do", [
	z.strictObject({
		do: z.literal("step"),
		id: nodeIdSchema,
		/** Needed for a step that there is not yet. */
		type: z.string().min(1).max(64).optional(),
		name: z.string().trim().min(1).max(PLAN_LIMITS.name).optional(),
		/** The fields to set; null takes one away. */
		config: jsonObjectSchema.optional(),
		/** The container that it stands in. */
		parent: nodeIdSchema.nullable().optional(),
		onFailure: onFailure.unwrap().optional(),
		join: join.unwrap().optional(),
		retry: retrySchema.nullable().optional(),
		timeoutSeconds: timeoutSeconds.unwrap().nullable().optional(),
		disabled: z.boolean().optional(),
	}),
	z.strictObject({ do: z.literal("remove"), id: nodeIdSchema }),
	z.strictObject({ do: z.literal("connect"), edge: writtenEdge }),
	z.strictObject({ do: z.literal("disconnect"), edge: writtenEdge }),
	/** In the place of the trigger with its id, or of its kind where a plan has one of it. */
	z.strictObject({ do: z.literal("trigger"), trigger: triggerSchema }),
	z.strictObject({ do: z.literal("remove-trigger"), id: portNameSchema }),
	/** In the place of the input of its name. */
	z.strictObject({ do: z.literal("input"), input: formFieldSchema }),
	z.strictObject({ do: z.literal("remove-input"), name: z.string().max(64) }),
	z.strictObject({ do: z.literal("settings"), settings: settingsSchema.partial() }),
]);
export type PlanChange = z.infer<typeof planChangeSchema>;
/** As it is written, before defaults are filled in. */
export type WrittenChange = z.input<typeof planChangeSchema>;
