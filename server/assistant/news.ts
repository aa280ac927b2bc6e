import { z } from "zod";
import { planChangeSchema } from "../plan/changes/plan-change";

/** An event or a line of the log by which something is shown. */
const evidenceSchema = z.object({
	/** As texts name it, in brackets: `E1`. */
	key: z.string(),
	kind: z.enum(["error", "log", "event"]),
	nodeId: z.string(),
	iteration: z.string(),
	/** The name of its step; empty for the run as a whole. */
	step: z.string(),
	text: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a model was asked tells while it goes on; the last is `done` or `failed`. */
export const assistantNewsSchema = z.discriminatedUnion("type", [
	z.object({ type: z.literal("change"), change: planChangeSchema }),
	/** A line. In brackets stand the ids of steps, or the keys of evidence. */
	z.object({ type: z.literal("text"), text: z.string() }),
	/** The check has found problems, and the model is asked to repair them. */
	z.object({ type: z.literal("repair"), attempt: z.number(), problems: z.array(z.string()) }),
	z.object({ type: z.literal("cost"), model: z.string(), costUsd: z.number(), estimated: z.boolean() }),
	z.object({ type: z.literal("evidence"), evidence: z.array(evidenceSchema) }),
	/** `left`: what the check still finds, such as a credential that is missing. */
	z.object({ type: z.literal("done"), left: z.array(z.string()) }),
	z.object({ type: z.literal("failed"), message: z.string() }),
]);
export type AssistantNews = z.infer<typeof assistantNewsSchema>;

export interface Asking {
	tell(news: AssistantNews): void;
	signal: AbortSignal;
}
