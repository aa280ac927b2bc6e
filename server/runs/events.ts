import { z } from "zod";
import { formFieldSchema } from "../plan/form-field";
import { jsonObjectSchema, jsonSchema } from "../plan/values/json";

/** Where in its containers a step ran: the indexes of the iterations from the outermost in, joined by dots; "" at the top. */
export const iterationSchema = z
	.string()
	.max(100)
	.regex(/^(\d+(\.\d+)*)?$/);
export type Iteration = string;

export const actorSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("user"), id: z.string(), name: z.string() }),
	z.object({ kind: z.literal("api-key"), id: z.string(), name: z.string() }),
	/** Whoever read the mail that was sent to an address. */
	z.object({ kind: z.literal("mail-link"), name: z.string(), address: z.string() }),
	/** Somebody in Slack, by the id that Slack knows them by. */
	z.object({ kind: z.literal("slack"), id: z.string(), name: z.string() }),
	z.object({ kind: z.literal("share-link"), id: z.string() }),
	z.object({ kind: z.literal("system"), name: z.string() }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** What went wrong, fit for a person's eyes: secrets are redacted before it is recorded. */
export const stepErrorSchema = z.object({
	message: z.string(),
	code: z.string().optional(),
	/** The last lines that the step printed, when they help. */
	detail: z.string().optional(),
});
export type StepError = z.infer<typeof stepErrorSchema>;

export const LOG_LEVELS = ["stdout", "stderr", "debug", "info", "warn", "error"] as const;
export const logLineSchema = z.object({ at: z.number(), level: z.enum(LOG_LEVELS), text: z.string() });
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogLine = z.infer<typeof logLineSchema>;

/** The tokens of one call of a model: each is counted in one place only, and was paid for at the price of that place. */
const tokenCounts = z.object({
	/** Read anew: neither from a cache nor written to one. */
	inputTokens: z.int().nonnegative(),
	cacheReadTokens: z.int().nonnegative().default(0),
	cacheWriteTokens: z.int().nonnegative().default(0),
	/** Without `reasoningTokens`. */
	outputTokens: z.int().nonnegative(),
	reasoningTokens: z.int().nonnegative().default(0),
});
export type TokenCounts = z.infer<typeof tokenCounts>;

/** US dollars per million tokens; thinking is paid for as output. */
const tokenPriceSchema = z.object({
	input: z.number(),
	cacheRead: z.number(),
	cacheWrite: z.number(),
	output: z.number(),
	/** The day from which this price held, as `2026-11-01`. */
	since: z.string(),
});
export type TokenPrice = z.infer<typeof tokenPriceSchema>;

export const usageSchema = z.object({
	provider: z.string(),
	model: z.string(),
	...tokenCounts.shape,
	costUsd: z.number().nonnegative(),
	/** The tokens or the price are a guess: the provider did not tell the one, or no table has the other. */
	estimated: z.boolean().default(false),
	/** A subscription pays: the cost is what it would have been by the list, and counts in no sum and no budget. */
	notional: z.boolean().optional(),
	/** What the cost was computed by when the call was made; undefined where the provider reported the cost itself. */
	price: tokenPriceSchema.optional(),
});
export type Usage = z.infer<typeof usageSchema>;

const none = z.object({});
const byActor = z.object({ actor: actorSchema });

/** The data of each event type. Inputs and outputs of steps are kept in `run_steps`, not here. */
export const eventData = {
	/** `ownCredentials`: the personal credentials of the actor that its steps read, by name. */
	"run.queued": z.object({ actor: actorSchema, trigger: z.string(), ownCredentials: z.array(z.string()).optional() }),
	"run.started": none,
	"run.paused": byActor,
	"run.resumed": byActor,
	"run.completed": z.object({ output: jsonSchema.optional() }),
	"run.failed": z.object({ error: stepErrorSchema, nodeId: z.string().optional() }),
	"run.cancelled": z.object({ actor: actorSchema, reason: z.string().optional() }),
	"run.timed_out": z.object({ limitSeconds: z.number() }),
	"step.started": z.object({ attempt: z.int(), maxAttempts: z.int() }),
	/** This attempt failed (or its worker died) and another follows at `retryAt` (ms since the epoch). */
	"step.retrying": z.object({ attempt: z.int(), error: stepErrorSchema, retryAt: z.number() }),
	/** Suspended: until a time (delay), until a person decides (approval), or until another run ends (run). */
	"step.waiting": z.discriminatedUnion("for", [
		z.object({ for: z.literal("delay"), until: z.number() }),
		z.object({
			for: z.literal("approval"),
			message: z.string(),
			fields: z.array(formFieldSchema),
			approvers: z.array(z.string()),
			until: z.number().optional(),
			/** What a step asks while it works: about the call of a tool, whether it may go on beyond its limits,
			 * or which of several attempts is taken (the field `attempt` has their names). */
			by: z.enum(["question", "permission", "limit", "choice"]).optional(),
			/** Names this question among those of a step that asks more than once: a decision names the one that was read. */
			question: z.string().optional(),
		}),
		z.object({ for: z.literal("event"), name: z.string(), match: z.string().optional(), until: z.number().optional() }),
		/** A run that the step has started: of the workflow of this name and slug. */
		z.object({
			for: z.literal("run"),
			workflow: z.string(),
			slug: z.string(),
			runId: z.string(),
			number: z.int(),
			until: z.number().optional(),
		}),
	]),
	"step.decided": z.object({
		decision: z.enum(["approved", "declined"]),
		actor: actorSchema,
		values: jsonObjectSchema,
	}),
	"step.completed": z.object({ attempt: z.int(), port: z.string() }),
	"step.failed": z.object({
		attempt: z.int(),
		error: stepErrorSchema,
		timedOut: z.boolean(),
		port: z.string().optional(),
	}),
	"step.skipped": none,
	"step.cancelled": none,
	/** Those that have no record when the run ends: a failure or its end from outside came first. */
	"steps.not_reached": z.object({ steps: z.array(z.object({ nodeId: z.string(), iteration: iterationSchema })) }),
	/** A container: `total` is known for a for-each; `label` names the iteration (its item, shortened). */
	"step.iterated": z.object({ index: z.int(), total: z.int().optional(), label: z.string().optional() }),
	"step.log": z.object({ lines: z.array(logLineSchema) }),
	"step.token": z.object({ text: z.string() }),
	"step.usage": usageSchema,
	"step.comment": z.object({ text: z.string() }),
	/** An answer of the model of an agent. Texts and inputs are shortened: the whole stands in its transcript. */
	"agent.turn": z.object({
		/** From 1. */
		turn: z.int(),
		text: z.string(),
		thinking: z.string().optional(),
		model: z.string(),
		ms: z.number(),
		tokens: z.int(),
		costUsd: z.number(),
		/** Another run has taken it, and paid for it: this one goes on from there. */
		copied: z.literal(true).optional(),
	}),
	/** The call of a tool has begun, or is asked about. */
	"agent.call": z.object({ turn: z.int(), id: z.string(), tool: z.string(), input: z.string() }),
	"agent.result": z.object({
		id: z.string(),
		/** `lost`: it had begun, and its worker died before it ended. `refused`: somebody has, or the rules of the step. */
		state: z.enum(["ok", "failed", "lost", "refused"]),
		text: z.string(),
		/** How long the whole text is. */
		characters: z.int(),
		ms: z.number(),
		/** No tool has returned it: somebody wrote it when they forked the run. */
		edited: z.literal(true).optional(),
	}),
	/** What else has happened: older turns were summed up, with what that took; a limit was raised. */
	"agent.note": z.object({
		turn: z.int(),
		text: z.string(),
		tokens: z.int().optional(),
		costUsd: z.number().optional(),
	}),
	/** Never recorded: replaces an event of this `type` that this version cannot read. */
	"run.unreadable": z.object({ type: z.string() }),
} as const satisfies Record<string, z.ZodType>;

export type RunEventType = keyof typeof eventData;
export type RunEventData<T extends RunEventType> = z.infer<(typeof eventData)[T]>;

interface EventBase {
	/** Dense per run, from 1. */
	seq: number;
	/** Milliseconds since the epoch. */
	at: number;
	nodeId: string | null;
	iteration: Iteration;
}
/** One line of a run's append-only log; a union on `type`. */
export type RunEvent = { [T in RunEventType]: EventBase & { type: T; data: RunEventData<T> } }[RunEventType];

/** An event not yet recorded: the log gives it its `seq` and `at`. */
export type NewRunEvent = {
	[T in RunEventType]: { type: T; data: RunEventData<T>; nodeId?: string | null; iteration?: Iteration };
}[RunEventType];

/** Events that carry bulk text: a watcher gets them without it and reads the text where it is shown. */
export const BULK_EVENTS = ["step.log", "step.token"] as const satisfies RunEventType[];
