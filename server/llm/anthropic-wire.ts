import type Anthropic from "@anthropic-ai/sdk";
import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import { FatalError } from "../errors";
import { type JsonObject, jsonObjectSchema, jsonSchema } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import type { AssistantMessage, LlmContent, LlmMessage, LlmToolCall, LlmToolResult } from "./messages";
import type { Bill } from "./prices";
import type { LlmAnswer, LlmRequest } from "./provider";

const CACHED = { cache_control: { type: "ephemeral" } } as const;

/** A request of the Messages API: https://platform.claude.com/docs/en/api/messages */
export function toAnthropicRequest(request: LlmRequest): Anthropic.MessageStreamParams {
	const { model, maxTokens, system, tools, jsonSchema: schema } = request;
	return {
		model,
		max_tokens: maxTokens,
		...(system && { system }),
		messages: request.messages.map(toMessage),
		...(tools && tools.length > 0 && { tools: tools.map(toTool), tool_choice: toToolChoice(request.toolChoice) }),
		...(schema && { output_config: { format: toFormat(schema) } }),
		// Marks the last block that can be marked: tools, instructions and messages up to it are then kept.
		...(request.cache && CACHED),
	};
}

function toFormat(schema: JsonObject) {
	try {
		return { type: "json_schema" as const, schema: transformJSONSchema(schema) };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new FatalError(`The JSON schema of the answer cannot be used: ${why}.`);
	}
}

function toTool({ name, description, inputSchema }: NonNullable<LlmRequest["tools"]>[number]): Anthropic.Tool {
	return { name, description, input_schema: { ...inputSchema, type: "object" } };
}

function toToolChoice(choice: LlmRequest["toolChoice"] = "auto"): Anthropic.ToolChoice {
	if (typeof choice === "object") return { type: "tool", name: choice.tool };
	return { type: choice === "required" ? "any" : choice };
}

function toMessage(message: LlmMessage): Anthropic.MessageParam {
	switch (message.role) {
		case "user":
			return { role: "user", content: message.content.map(toBlock) };
		case "tool":
			return { role: "user", content: message.results.map(toResult) };
		case "assistant":
			return { role: "assistant", content: toAssistantBlocks(message) };
	}
}

function toBlock(
	part: LlmContent[number],
): Anthropic.TextBlockParam | Anthropic.ImageBlockParam | Anthropic.DocumentBlockParam {
	switch (part.type) {
		case "text":
			return { type: "text", text: part.text };
		case "image":
			return { type: "image", source: { type: "base64", media_type: part.mediaType, data: part.data } };
		case "pdf":
			return {
				type: "document",
				title: part.name,
				source: { type: "base64", media_type: "application/pdf", data: part.data },
			};
	}
}

function toResult({ callId, content, isError }: LlmToolResult): Anthropic.ToolResultBlockParam {
	return {
		type: "tool_result",
		tool_use_id: callId,
		content: content.map(toBlock),
		...(isError && { is_error: true }),
	};
}

/** Claude's own blocks go back as they came: thinking is refused without its signature, and in another order. */
function toAssistantBlocks({ text, toolCalls, opaque }: AssistantMessage): Anthropic.ContentBlockParam[] {
	if (opaque?.provider === "anthropic") return readBlocks(opaque.data);
	return [
		...(text === "" ? [] : [{ type: "text" as const, text }]),
		...toolCalls.map(({ id, name, input }) => ({ type: "tool_use" as const, id, name, input })),
	];
}

/** They were written by `fromAnthropic`, and the API is the judge of them. */
function readBlocks(data: unknown): Anthropic.ContentBlockParam[] {
	return data as Anthropic.ContentBlockParam[];
}

export function fromAnthropic(message: Anthropic.Message, request: LlmRequest, bill: Bill): LlmAnswer {
	const text = message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
	const thinking = message.content.flatMap((block) => (block.type === "thinking" ? [block.thinking] : [])).join("");
	const stopReason = toStopReason(message.stop_reason);
	const json = request.jsonSchema !== undefined && stopReason === "end" ? tryReadJson(text) : undefined;
	return {
		message: {
			role: "assistant",
			text,
			toolCalls: message.content.flatMap(toToolCall),
			opaque: { provider: "anthropic", data: jsonSchema.parse(JSON.parse(JSON.stringify(message.content))) },
		},
		thinking,
		...(json !== undefined && { json }),
		stopReason,
		usage: bill({ provider: "anthropic", model: message.model, counts: countTokens(message.usage) }),
	};
}

/** `input_tokens` is without what was read from or written to a cache; `output_tokens` includes thinking. */
function countTokens(usage: Anthropic.Usage) {
	const reasoningTokens = usage.output_tokens_details?.thinking_tokens ?? 0;
	return {
		inputTokens: usage.input_tokens,
		cacheReadTokens: usage.cache_read_input_tokens ?? 0,
		cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
		outputTokens: usage.output_tokens - reasoningTokens,
		reasoningTokens,
	};
}

function toToolCall(block: Anthropic.ContentBlock): LlmToolCall[] {
	if (block.type !== "tool_use") return [];
	const { id, name } = block;
	const { data } = jsonObjectSchema.safeParse(block.input);
	if (data !== undefined) return [{ id, name, input: data }];
	return [{ id, name, input: {}, problem: "The input is no JSON object." }];
}

/** `pause_turn` only follows tools of Anthropic's own, and no request here offers any. */
function toStopReason(reason: Anthropic.StopReason | null): LlmAnswer["stopReason"] {
	switch (reason) {
		case "max_tokens":
			return "max_tokens";
		case "model_context_window_exceeded":
			return "context_full";
		case "refusal":
			return "refusal";
		case "tool_use":
			return "tool_calls";
		case "pause_turn":
			throw new FatalError(
				"The model paused for a tool of Anthropic’s, and none was offered. Word the prompt differently.",
			);
		case "end_turn":
		case "stop_sequence":
		case null:
			return "end";
	}
}
