import { z } from "zod";
import { jsonObjectSchema, jsonSchema } from "../plan/values/json";

/** Data of files is base64 without line breaks. Providers refuse images of more than about 5 MB and PDFs of more than 32 MB. */
const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({
	type: z.literal("image"),
	mediaType: z.enum(["image/png", "image/jpeg", "image/gif", "image/webp"]),
	data: z.string(),
});
const pdfPart = z.object({ type: z.literal("pdf"), name: z.string(), data: z.string() });
const contentSchema = z.array(z.discriminatedUnion("type", [textPart, imagePart, pdfPart]));
export type LlmContent = z.infer<typeof contentSchema>;

const toolCallSchema = z.object({
	/** Unique within the conversation: made up where a server sends none. */
	id: z.string(),
	name: z.string(),
	input: jsonObjectSchema,
	/** Why the input that the model wrote could not be read; `input` is empty then, and the call must not be made. */
	problem: z.string().optional(),
});
export type LlmToolCall = z.infer<typeof toolCallSchema>;

export const assistantMessageSchema = z.object({
	role: z.literal("assistant"),
	text: z.string(),
	/** To be answered all together, by the `tool` message that follows. */
	toolCalls: z.array(toolCallSchema),
	/**
	 * What this provider must be sent back, such as the signatures of its thinking. It is kept and returned as it is; every
	 * other provider ignores it. It is no longer true of a message whose text or calls were changed: leave it out then.
	 */
	opaque: z.object({ provider: z.string(), data: jsonSchema }).optional(),
});
export type AssistantMessage = z.infer<typeof assistantMessageSchema>;

const toolResultSchema = z.object({
	callId: z.string(),
	name: z.string(),
	content: contentSchema,
	isError: z.boolean().default(false),
});
export type LlmToolResult = z.infer<typeof toolResultSchema>;

/** One message of a conversation, in the form in which it is recorded, too. */
export const llmMessageSchema = z.discriminatedUnion("role", [
	z.object({ role: z.literal("user"), content: contentSchema }),
	assistantMessageSchema,
	z.object({ role: z.literal("tool"), results: z.array(toolResultSchema).min(1) }),
]);
export type LlmMessage = z.infer<typeof llmMessageSchema>;

/** The message of a person, or of a program in the place of one. */
export function userMessage(text: string): LlmMessage {
	return { role: "user", content: [{ type: "text", text }] };
}

/** The texts of a content, one below the other. */
export function textOf(content: LlmContent): string {
	return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** Begins the ids of calls to which a server gave none. Gemini must not be sent one. */
export const MADE_UP_ID = "call_";

/** Results, leave and answers are matched to calls by their ids: not each server sends one, and not each a new one. */
export function withUniqueIds(message: AssistantMessage): AssistantMessage {
	const ids = new Set([""]);
	const toolCalls = message.toolCalls.map((call) => {
		const id = ids.has(call.id) ? `${MADE_UP_ID}${crypto.randomUUID()}` : call.id;
		ids.add(id);
		return { ...call, id };
	});
	if (toolCalls.every(({ id }, index) => id === message.toolCalls[index]?.id)) return message;
	// What the provider wants back is true of the ids that it sent only.
	const { role, text } = message;
	return { role, text, toolCalls };
}
