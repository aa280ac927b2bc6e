import type OpenAI from "openai";
import { isObject, type Json, type JsonObject } from "../plan/values/json";
import { type AssistantMessage, type LlmContent, type LlmMessage, type LlmToolResult, textOf } from "./messages";
import type { LlmRequest } from "./provider";

type ChatRequest = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;

/**
 * A request of the chat completions API: https://platform.openai.com/docs/api-reference/chat
 * @param host the server's: some of them go their own ways
 */
export function toOpenAiRequest(request: LlmRequest, host: string): ChatRequest {
	const { model, maxTokens, system, tools = [], toolChoice, jsonSchema } = request;
	return {
		model,
		stream: true,
		stream_options: { include_usage: true },
		// OpenAI's models that think refuse the older name, which is the one that other servers know.
		...(host === "api.openai.com" ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
		messages: [
			...(system ? [{ role: "system" as const, content: system }] : []),
			...request.messages.flatMap(toMessages),
		],
		...(tools.length > 0 && { tools: tools.map(toTool), tool_choice: toToolChoice(toolChoice) }),
		...(jsonSchema && { response_format: toFormat(jsonSchema) }),
		// OpenRouter tells the cost when it is asked to.
		...(host === "openrouter.ai" && { usage: { include: true } }),
	};
}

function toTool({ name, description, inputSchema }: NonNullable<LlmRequest["tools"]>[number]) {
	return { type: "function" as const, function: { name, description, parameters: inputSchema } };
}

function toToolChoice(choice: LlmRequest["toolChoice"] = "auto"): ChatRequest["tool_choice"] {
	return typeof choice === "object" ? { type: "function", function: { name: choice.tool } } : choice;
}

function toFormat(schema: JsonObject): ChatRequest["response_format"] {
	return { type: "json_schema", json_schema: { name: "answer", schema, strict: isStrict(schema) } };
}

/** Whether a schema keeps to what strict mode asks for: every object is closed, and all of its fields are required. */
function isStrict(schema: Json | undefined): boolean {
	if (Array.isArray(schema)) return schema.every(isStrict);
	if (!isObject(schema)) return true;
	if (schema.type === "object" || schema.properties !== undefined) {
		const names = isObject(schema.properties) ? Object.keys(schema.properties) : [];
		const required = Array.isArray(schema.required) ? schema.required : [];
		if (schema.additionalProperties !== false || names.some((name) => !required.includes(name))) return false;
	}
	return Object.values(schema).every(isStrict);
}

function toMessages(message: LlmMessage): ChatMessage[] {
	switch (message.role) {
		case "user":
			return [{ role: "user", content: toContent(message.content) }];
		case "assistant":
			return [toAssistant(message)];
		case "tool":
			return [...message.results.map(toToolMessage), ...filesOf(message.results)];
	}
}

/** Text alone goes as a string: small servers know nothing else. */
function toContent(content: LlmContent): string | OpenAI.Chat.ChatCompletionContentPart[] {
	return content.every(({ type }) => type === "text") ? textOf(content) : content.map(toPart);
}

function toPart(part: LlmContent[number]): OpenAI.Chat.ChatCompletionContentPart {
	switch (part.type) {
		case "text":
			return { type: "text", text: part.text };
		case "image":
			return { type: "image_url", image_url: { url: `data:${part.mediaType};base64,${part.data}` } };
		case "pdf":
			return {
				type: "file",
				file: { filename: part.name, file_data: `data:application/pdf;base64,${part.data}` },
			};
	}
}

function toAssistant({ text, toolCalls, opaque }: AssistantMessage): ChatMessage {
	const reasoning = opaque?.provider === "openai" && isObject(opaque.data) ? opaque.data : {};
	return {
		role: "assistant",
		content: text === "" ? null : text,
		...(toolCalls.length > 0 && {
			tool_calls: toolCalls.map(({ id, name, input }) => ({
				id,
				type: "function" as const,
				function: { name, arguments: JSON.stringify(input) },
			})),
		}),
		...reasoning,
	};
}

function toToolMessage({ callId, content, isError }: LlmToolResult): ChatMessage {
	const text = textOf(content);
	return { role: "tool", tool_call_id: callId, content: isError ? `Error: ${text}` : text };
}

/** A tool answers in text only on this wire; its pictures and documents follow as a message of their own. */
function filesOf(results: readonly LlmToolResult[]): ChatMessage[] {
	const parts = results.flatMap(({ name, content }) => {
		const files = content.filter(({ type }) => type !== "text");
		return files.length === 0 ? [] : [{ type: "text" as const, text: `Files from ${name}:` }, ...files.map(toPart)];
	});
	return parts.length === 0 ? [] : [{ role: "user", content: parts }];
}
