import { z } from "zod";
import { DEFAULT_TRIGGERS, triggerCatalog } from "../triggers/catalog";
import { formFieldSchema } from "./form-field";
import { jsonObjectSchema } from "./values/json";

/** What a plan may hold at most; anything above is refused before it is looked at closely. */
export const PLAN_LIMITS = { bytes: 2_000_000, nodes: 2_000, edges: 6_000, depth: 4, name: 120 } as const;

/** A node's id: a slug that reads the same in `{{ steps.<id>.output }}`, in CEL, in a URL and in a file name. */
export const nodeIdSchema = z
	.string()
	.regex(/^[a-z][a-z0-9_]{0,63}$/, "Use lower-case letters, digits and _, starting with a letter")
	// What is kept by the ids of steps finds JavaScript's own under this one.
	.refine((id) => id !== "constructor", "The id constructor cannot be used. Choose another one");
export type NodeId = string;

/** A port is an exit of a node: `out`, `error`, `true`, `false`, `case:<name>`, … */
export const portNameSchema = z.string().min(1).max(80);
export type PortName = string;

/** Far beyond any drawing, and near enough that nothing which is reckoned with it overflows. */
const MAX_PLACE = 1_000_000;
const PLACE = "Place it between -1,000,000 and 1,000,000";
const placeSchema = z.number(PLACE).min(-MAX_PLACE, PLACE).max(MAX_PLACE, PLACE);
export const positionSchema = z.strictObject({ x: placeSchema, y: placeSchema });
export type Position = z.infer<typeof positionSchema>;

/** How often and how patiently a failed step is tried again. The first attempt counts. */
export const retrySchema = z.strictObject({
	maxAttempts: z.int().min(1).max(20).default(3).meta({ label: "Attempts" }),
	backoff: z.enum(["fixed", "linear", "exponential"]).default("exponential").meta({ label: "Backoff" }),
	delaySeconds: z.number().min(0).max(86_400).default(2).meta({ label: "First wait", widget: "duration" }),
	maxDelaySeconds: z.number().min(0).max(86_400).optional().meta({ label: "Longest wait", widget: "duration" }),
	jitter: z.boolean().default(true).meta({ label: "Jitter" }),
});
export type RetryPolicy = z.infer<typeof retrySchema>;

/**
 * A step as it is stored. `config` is kept as it was written: references stand in it as text, and a draft may
 * hold a config that its type refuses. `validatePlan` checks it against the definition of `type`.
 */
export const planNodeSchema = z.strictObject({
	id: nodeIdSchema,
	type: z.string().min(1).max(64),
	name: z.string().min(1).max(PLAN_LIMITS.name),
	config: jsonObjectSchema.default({}),
	retry: retrySchema.optional(),
	timeoutSeconds: z.number().positive().max(604_800).optional(),
	onFailure: z.enum(["stop", "continue", "branch"]).default("stop"),
	parent: nodeIdSchema.optional(),
	join: z.enum(["all", "any"]).default("all"),
	disabled: z.boolean().optional(),
	position: positionSchema.default({ x: 0, y: 0 }),
});
export type PlanNode = z.infer<typeof planNodeSchema>;

export const edgeSchema = z.strictObject(
	{
		from: nodeIdSchema,
		port: portNameSchema.default("out"),
		to: nodeIdSchema,
	},
	{
		// In a file a connection is a text; one that cannot be read arrives here as it is.
		error: ({ code }) =>
			code === "invalid_type" ? "Write a connection as “from -> to”, or as “from.port -> to”" : undefined,
	},
);
export type Edge = z.infer<typeof edgeSchema>;

const [firstTrigger, ...otherTriggers] = Object.values(triggerCatalog).map(({ config }) => config);
if (firstTrigger === undefined) throw new Error("The catalog has no kind of trigger.");
export const triggerSchema = z.discriminatedUnion("type", [firstTrigger, ...otherTriggers]);

export const noteSchema = z.strictObject({
	id: nodeIdSchema,
	text: z.string().max(4_000),
	position: positionSchema,
	width: z.number().min(80).max(1_200).default(208),
	height: z.number().min(40).max(1_200).default(60),
});

export type Note = z.infer<typeof noteSchema>;

export const settingsSchema = z.strictObject({
	timeoutSeconds: z.number().positive().max(2_592_000).default(86_400),
	concurrency: z
		.strictObject({
			limit: z.int().min(1).max(1_000),
			key: z.string().max(500).optional(),
			policy: z.enum(["queue", "skip", "cancel-previous"]).default("queue"),
		})
		.optional(),
	budgetUsd: z.number().positive().optional(),
});
export type PlanSettings = z.infer<typeof settingsSchema>;

/**
 * The plan: the only description of a workflow. Canvas, YAML, code and AI all make this value.
 * Nodes without an incoming edge start with the run; containers own the nodes whose `parent` is their id.
 */
export const planSchema = z.strictObject({
	version: z.literal(1),
	inputs: z.array(formFieldSchema).max(100).default([]),
	triggers: z
		.array(triggerSchema)
		.max(20)
		.default([...DEFAULT_TRIGGERS]),
	nodes: z.array(planNodeSchema).max(PLAN_LIMITS.nodes),
	edges: z.array(edgeSchema).max(PLAN_LIMITS.edges).default([]),
	notes: z.array(noteSchema).max(500).default([]),
	settings: settingsSchema.default({ timeoutSeconds: 86_400 }),
});
export type Plan = z.infer<typeof planSchema>;
