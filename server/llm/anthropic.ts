import Anthropic from "@anthropic-ai/sdk";
import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import { FatalError } from "../errors";
import type { JsonObject } from "../plan/values/json";
import { tryReadJson } from "../plan/values/read-json";
import { explainAnthropicError } from "./explain-anthropic-error";
import { costOf } from "./prices";
import type { LlmAnswer, LlmOptions, LlmProvider, LlmRequest } from "./provider";

interface AnthropicSettings {
	apiKey: string;
	baseUrl?: string;
}

/** Longest silence before the first word of an answer; a long prompt takes its time. */
const TIMEOUT_MS = 600_000;

/** Claude, by Anthropic's own SDK. Retries are left to the step's policy, so that each attempt is seen and counted. */
export function createAnthropicProvider({ apiKey, baseUrl }: AnthropicSettings): LlmProvider {
	const client = new Anthropic({
		apiKey,
		baseURL: baseUrl ?? "https://api.anthropic.com",
		maxRetries: 0,
		timeout: TIMEOUT_MS,
	});
	return { name: "anthropic", complete: (request, options) => complete(client, request, options) };
}

async function complete(client: Anthropic, request: LlmRequest, options: LlmOptions): Promise<LlmAnswer> {
	options.signal.throwIfAborted();
	const format = request.jsonSchema && toFormat(request.jsonSchema);
	try {
		const stream = client.messages.stream(
			{
				model: request.model,
				max_tokens: request.maxTokens,
				system: request.system,
				messages: [{ role: "user", content: request.prompt }],
				...(format && { output_config: { format } }),
			},
			{ signal: options.signal },
		);
		stream.on("text", options.onToken);
		return toAnswer(await stream.finalMessage(), request);
	} catch (error) {
		options.signal.throwIfAborted();
		throw explainAnthropicError(error, request.model);
	}
}

function toFormat(schema: JsonObject) {
	try {
		return { type: "json_schema" as const, schema: transformJSONSchema(schema) };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new FatalError(`The JSON schema of the answer cannot be used: ${why}.`);
	}
}

function toAnswer(message: Anthropic.Message, request: LlmRequest): LlmAnswer {
	const text = message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
	const stopReason = toStopReason(message.stop_reason);
	const tokens = { input: message.usage.input_tokens, output: message.usage.output_tokens };
	const json = request.jsonSchema !== undefined && stopReason === "end" ? tryReadJson(text) : undefined;
	return {
		text,
		...(json !== undefined && { json }),
		stopReason,
		usage: {
			provider: "anthropic",
			model: message.model,
			inputTokens: tokens.input,
			outputTokens: tokens.output,
			costUsd: costOf(message.model, tokens),
		},
	};
}

/** `tool_use` and `pause_turn` only follow tools, and no request here offers any. */
function toStopReason(reason: Anthropic.StopReason | null): LlmAnswer["stopReason"] {
	switch (reason) {
		case "max_tokens":
		case "model_context_window_exceeded":
			return "max_tokens";
		case "refusal":
			return "refusal";
		case "tool_use":
		case "pause_turn":
			throw new FatalError(
				"The model stopped to use a tool, and an LLM prompt offers none. Word the prompt differently.",
			);
		case "end_turn":
		case "stop_sequence":
		case null:
			return "end";
	}
}
