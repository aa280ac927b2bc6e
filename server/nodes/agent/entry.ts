import { z } from "zod";
import { assistantMessageSchema } from "@/server/llm/messages";
import { STOP_REASONS } from "@/server/llm/provider";
import { jsonSchema } from "@/server/plan/values/json";
import { usageSchema } from "@/server/runs/events";

export const LIMITS = ["turns", "minutes", "tokens", "dollars"] as const;
export type Limit = (typeof LIMITS)[number];

/** What an agent records, in the order in which it happened: all that it knows when it goes on after an interruption. */
export const entrySchema = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("turn"),
		message: assistantMessageSchema,
		thinking: z.string(),
		json: jsonSchema.optional(),
		stopReason: z.enum(STOP_REASONS),
		usage: usageSchema,
		ms: z.number(),
	}),
	/** A call begins that must not be made twice. */
	z.object({ kind: z.literal("began"), id: z.string() }),
	/** `leave`: what may be done from then on without being asked about. */
	z.object({ kind: z.literal("allowed"), id: z.string(), leave: z.string().optional() }),
	z.object({
		kind: z.literal("result"),
		id: z.string(),
		state: z.enum(["ok", "failed", "lost", "refused"]),
		text: z.string(),
		/** The text was longer: half a secret may stand at its end. */
		truncated: z.literal(true).optional(),
		origin: z.enum(["outside", "workspace", "own"]),
		ms: z.number(),
	}),
	/** What the step itself tells the model. */
	z.object({ kind: z.literal("said"), text: z.string() }),
	/** An answer to something else than what is asked. */
	z.object({ kind: z.literal("dropped"), question: z.string().optional() }),
	z.object({ kind: z.literal("raised"), limit: z.enum(LIMITS), by: z.number() }),
	/** Somebody let it go on after a budget was spent. */
	z.object({ kind: z.literal("continued") }),
	/** All before was copied from another run, and paid for there. What somebody tells the model then, if anything. */
	z.object({ kind: z.literal("forked"), message: z.string().optional() }),
	/** Stands in the place of the conversation until then. */
	z.object({ kind: z.literal("summed"), text: z.string(), usage: usageSchema, ms: z.number() }),
]);
export type Entry = z.infer<typeof entrySchema>;
export type TurnEntry = Extract<Entry, { kind: "turn" }>;
export type ResultEntry = Extract<Entry, { kind: "result" }>;
