import type { GenerateContentResponse, GenerateContentResponseUsageMetadata, Part } from "@google/genai";
import { RetryableError } from "../errors";
import { asJson, jsonObjectSchema } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import type { TokenCounts } from "../runs/events";
import { estimateTokens } from "./estimate-tokens";
import { limitToolInput } from "./limit-tool-input";
import { type LlmToolCall, MADE_UP_ID } from "./messages";
import type { Bill } from "./prices";
import type { LlmAnswer, LlmOptions, LlmRequest } from "./provider";

type Ended = NonNullable<NonNullable<GenerateContentResponse["candidates"]>[number]["finishReason"]>;

/** Puts the chunks of one answer together, and passes on their pieces. */
export function createGeminiReader(request: LlmRequest, options: LlmOptions) {
	const parts: Part[] = [];
	const toolCalls: LlmToolCall[] = [];
	const takeInput = limitToolInput(options);
	let [text, thinking] = ["", ""];
	let ended: Ended | "BLOCKED" | undefined;
	let model = request.model;
	let usage: GenerateContentResponseUsageMetadata | undefined;

	function readPart(part: Part): void {
		addPart(parts, part);
		if (part.functionCall) {
			const call = toToolCall(part.functionCall, `${MADE_UP_ID}${request.messages.length}_${toolCalls.length}`);
			takeInput({ index: toolCalls.length, name: call.name, text: JSON.stringify(call.input) });
			toolCalls.push(call);
		}
		if (!part.text) return;
		if (part.thought) {
			thinking += part.text;
			options.onThinking?.(part.text);
		} else {
			text += part.text;
			options.onToken(part.text);
		}
	}

	return {
		read(chunk: GenerateContentResponse): void {
			model = chunk.modelVersion || model;
			usage = chunk.usageMetadata ?? usage;
			if (chunk.promptFeedback?.blockReason) ended = "BLOCKED";
			const candidate = chunk.candidates?.[0];
			for (const part of candidate?.content?.parts ?? []) readPart(part);
			ended = candidate?.finishReason ?? ended;
		},
		/** Throws `RetryableError` when the stream ended before the answer did, or the model wrote what it should not. */
		end(bill: Bill): LlmAnswer {
			const stopReason = toStopReason(ended, toolCalls);
			const json = request.jsonSchema !== undefined && stopReason === "end" ? tryReadJson(text) : undefined;
			const said = text + thinking + JSON.stringify(toolCalls);
			const counts = usage ? countTokens(usage) : estimateTokens(request, said);
			return {
				message: { role: "assistant", text, toolCalls, opaque: { provider: "gemini", data: asJson(parts) } },
				thinking,
				...(json !== undefined && { json }),
				stopReason,
				usage: bill({ provider: "gemini", model, counts, isCounted: usage === undefined }),
			};
		},
	};
}

/** Pieces of a text that follow each other are one part, unless they are signed. */
function addPart(parts: Part[], part: Part): void {
	const last = parts.at(-1);
	const isPlain = (one: Part) => Object.keys(one).every((key) => key === "text" || key === "thought");
	if (
		last?.text === undefined ||
		part.text === undefined ||
		!isPlain(last) ||
		!isPlain(part) ||
		last.thought !== part.thought
	)
		parts.push({ ...part });
	else last.text += part.text;
}

function toToolCall({ id, name = "", args }: NonNullable<Part["functionCall"]>, ownId: string): LlmToolCall {
	const { data } = jsonObjectSchema.safeParse(args ?? {});
	const call = { id: id || ownId, name };
	return data === undefined
		? { ...call, input: {}, problem: "The input is no JSON object." }
		: { ...call, input: data };
}

function toStopReason(
	ended: Ended | "BLOCKED" | undefined,
	toolCalls: readonly LlmToolCall[],
): LlmAnswer["stopReason"] {
	switch (ended) {
		case undefined:
			throw new RetryableError("The answer of Gemini ended in the middle.");
		case "MALFORMED_FUNCTION_CALL":
		case "UNEXPECTED_TOOL_CALL":
		case "OTHER":
		case "FINISH_REASON_UNSPECIFIED":
			throw new RetryableError(`Gemini gave up its answer (${ended}).`);
		case "MAX_TOKENS":
			return "max_tokens";
		case "STOP":
			return toolCalls.length > 0 ? "tool_calls" : "end";
		default:
			return "refusal";
	}
}

/** `promptTokenCount` includes what was read from a cache; `candidatesTokenCount` is without thinking. */
function countTokens(usage: GenerateContentResponseUsageMetadata): TokenCounts {
	const cacheReadTokens = usage.cachedContentTokenCount ?? 0;
	const read = (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0);
	return {
		inputTokens: Math.max(0, read - cacheReadTokens),
		cacheReadTokens,
		cacheWriteTokens: 0,
		outputTokens: usage.candidatesTokenCount ?? 0,
		reasoningTokens: usage.thoughtsTokenCount ?? 0,
	};
}
