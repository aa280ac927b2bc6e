import type OpenAI from "openai";
import { z } from "zod";
import { RetryableError } from "../errors";
import { asJson } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import type { TokenCounts } from "../runs/events";
import { estimateTokens } from "./estimate-tokens";
import type { LlmToolCall } from "./messages";
import { createToolCalls } from "./openai-tool-calls";
import type { Bill } from "./prices";
import type { LlmAnswer, LlmOptions, LlmRequest } from "./provider";

type Chunk = OpenAI.Chat.ChatCompletionChunk;
type Choice = OpenAI.Chat.ChatCompletionChunk.Choice;
type FinishReason = Choice["finish_reason"];

/** What servers add to OpenAI's wire: thinking under two names, and what OpenRouter wants back of it. */
const thinkingSchema = z.object({
	reasoning_content: z.string().nullish(),
	reasoning: z.string().nullish(),
	reasoning_details: z.array(z.looseObject({ index: z.number().optional(), type: z.string().optional() })).nullish(),
});
type ReasoningDetail = NonNullable<z.infer<typeof thinkingSchema>["reasoning_details"]>[number];

const usageSchema = z.object({
	prompt_tokens: z.int(),
	completion_tokens: z.int(),
	prompt_tokens_details: z
		.object({ cached_tokens: z.int().nullish(), cache_write_tokens: z.int().nullish() })
		.nullish(),
	completion_tokens_details: z.object({ reasoning_tokens: z.int().nullish() }).nullish(),
	/** OpenRouter's, in US dollars. */
	cost: z.number().nonnegative().nullish(),
});

/** Puts the chunks of one answer together, and passes on their pieces. */
export function createOpenAiReader(request: LlmRequest, options: LlmOptions) {
	const calls = createToolCalls(request.messages.length, options);
	const details: ReasoningDetail[] = [];
	let [text, thinking, refusal] = ["", "", ""];
	let finish: FinishReason | undefined;
	let model = request.model;
	let usage: z.infer<typeof usageSchema> | undefined;

	function readDelta(delta: Choice["delta"]): void {
		const { data: more } = thinkingSchema.safeParse(delta);
		const thought = more?.reasoning_content || more?.reasoning || "";
		if (thought !== "") options.onThinking?.(thought);
		thinking += thought;
		for (const detail of more?.reasoning_details ?? []) addDetail(details, detail);
		if (delta.content) options.onToken(delta.content);
		text += delta.content ?? "";
		refusal += delta.refusal ?? "";
		for (const piece of delta.tool_calls ?? []) calls.add(piece);
	}

	return {
		read(chunk: Chunk): void {
			if (chunk.model) model = chunk.model;
			usage = usageSchema.safeParse(chunk.usage).data ?? usage;
			const [choice] = chunk.choices ?? [];
			if (choice === undefined) return;
			if (choice.delta) readDelta(choice.delta);
			finish = choice.finish_reason ?? finish;
		},
		/** Throws `RetryableError` when the stream ended before the answer did. */
		end(bill: Bill): LlmAnswer {
			if (finish === undefined) throw new RetryableError("The answer ended in the middle.");
			const toolCalls = calls.end();
			const stopReason = refusal === "" ? toStopReason(finish, toolCalls) : "refusal";
			const whole = text || refusal;
			const json = request.jsonSchema !== undefined && stopReason === "end" ? tryReadJson(text) : undefined;
			const counts = usage ? countTokens(usage) : estimateTokens(request, whole + thinking + JSON.stringify(toolCalls));
			return {
				message: {
					role: "assistant",
					text: whole,
					toolCalls,
					...(details.length > 0 && {
						opaque: { provider: "openai", data: asJson({ reasoning_details: details }) },
					}),
				},
				thinking,
				...(json !== undefined && { json }),
				stopReason,
				usage: bill({
					...{ provider: "openai", model, counts },
					isCounted: usage === undefined,
					reportedUsd: usage?.cost ?? undefined,
				}),
			};
		},
	};
}

function toStopReason(finish: FinishReason, toolCalls: readonly LlmToolCall[]): LlmAnswer["stopReason"] {
	if (finish === "length") return "max_tokens";
	if (finish === "content_filter") return "refusal";
	// Some servers call it a stop all the same.
	return toolCalls.length > 0 ? "tool_calls" : "end";
}

/** `prompt_tokens` includes what was read from and written to a cache, `completion_tokens` the thinking. */
function countTokens(usage: z.infer<typeof usageSchema>): TokenCounts {
	const cacheReadTokens = usage.prompt_tokens_details?.cached_tokens ?? 0;
	const cacheWriteTokens = usage.prompt_tokens_details?.cache_write_tokens ?? 0;
	const reasoningTokens = usage.completion_tokens_details?.reasoning_tokens ?? 0;
	return {
		inputTokens: Math.max(0, usage.prompt_tokens - cacheReadTokens - cacheWriteTokens),
		cacheReadTokens,
		cacheWriteTokens,
		outputTokens: Math.max(0, usage.completion_tokens - reasoningTokens),
		reasoningTokens,
	};
}

/** Pieces of one detail arrive one after the other, under its index: https://openrouter.ai/docs/use-cases/reasoning-tokens */
function addDetail(details: ReasoningDetail[], piece: ReasoningDetail): void {
	const last = details.at(-1);
	if (last === undefined || piece.index === undefined || last.index !== piece.index || last.type !== piece.type) {
		details.push({ ...piece });
		return;
	}
	for (const [key, value] of Object.entries(piece)) {
		const before = last[key];
		const isText = key === "text" || key === "summary" || key === "data";
		if (isText && typeof before === "string" && typeof value === "string") last[key] = before + value;
		else if (value !== null) last[key] = value;
	}
}
