import { z } from "zod";
import { jsonSchema } from "../plan/values/json";
import { costKindSchema } from "./coding-result";
import { usageSchema } from "./events";

/** Milliseconds since the epoch. */
const at = z.number();

const totalsSchema = z.record(z.string(), z.number());

/**
 * What a coding agent has said and done, in the order in which it came, whichever program it is. Long texts are cut, and
 * then end with `…`. Kinds that this version does not know are left out by whoever reads.
 */
export const transcriptEntrySchema = z.discriminatedUnion("kind", [
	/** A program was started, or a session taken up again. */
	z.object({
		kind: z.literal("started"),
		at,
		agent: z.string(),
		sessionId: z.string(),
		/** The files as they were: a tree of git, which holds for all that follows. */
		baseline: z.string(),
		resumed: z.boolean(),
	}),
	/** The program's own id of the session, and what it has used of tokens and money in all, where it tells that as a sum. */
	z.object({
		kind: z.literal("session"),
		at,
		sessionId: z.string(),
		totals: totalsSchema.optional(),
	}),
	/** What it was told to do. */
	z.object({ kind: z.literal("prompt"), at, text: z.string() }),
	z.object({ kind: z.literal("text"), at, text: z.string() }),
	z.object({ kind: z.literal("thinking"), at, text: z.string() }),
	z.object({ kind: z.literal("call"), at, id: z.string(), name: z.string(), input: jsonSchema }),
	z.object({
		kind: z.literal("result"),
		at,
		/** Of the call. */
		id: z.string(),
		/** `refused`: by its permissions, or by somebody who was asked. */
		state: z.enum(["ok", "failed", "refused"]),
		text: z.string(),
		/** How long the whole text is. */
		characters: z.int(),
	}),
	/** It wants to do what its step does not allow by itself. */
	z.object({ kind: z.literal("permission"), at, id: z.string(), name: z.string(), input: jsonSchema }),
	z.object({
		kind: z.literal("decision"),
		at,
		/** Of the permission. */
		id: z.string(),
		allowed: z.boolean(),
		by: z.string(),
		note: z.string().optional(),
	}),
	/** What else is worth knowing: a limit, an event of an unknown kind, something that went wrong. */
	z.object({ kind: z.literal("notice"), at, level: z.enum(["info", "warn", "error"]), text: z.string() }),
	/** Tokens and cost since the usage before; `totals` are those of the session, by the program's own names. */
	z.object({
		kind: z.literal("usage"),
		at,
		usage: usageSchema,
		costKind: costKindSchema,
		totals: totalsSchema.optional(),
	}),
	/** The program has ended, or was ended. */
	z.object({
		kind: z.literal("ended"),
		at,
		state: z.enum(["done", "failed", "limit", "asked"]),
		text: z.string(),
		/** What it was to hand back, where the program tells that apart. */
		json: jsonSchema.optional(),
		/** How long it has worked, in milliseconds. */
		ms: z.number(),
		turns: z.int(),
	}),
	/** Whether its step counts as a success, by the rules of the step. */
	z.object({ kind: z.literal("outcome"), at, ok: z.boolean(), reason: z.string() }),
]);
export type TranscriptEntry = z.infer<typeof transcriptEntrySchema>;

/** What a step records at a time, in `agent_turns`. */
export const transcriptBatchSchema = z.object({
	entries: z.array(transcriptEntrySchema),
	/** Texts were cut: half a secret may stand at their ends. */
	truncated: z.literal(true).optional(),
});
