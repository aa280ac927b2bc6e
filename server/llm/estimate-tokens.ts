import type { TokenCounts } from "../runs/events";
import { countTextTokens } from "./count-text-tokens";
import { type LlmContent, type LlmMessage, textOf } from "./messages";
import type { LlmRequest } from "./provider";

/** Roughly what providers count for a picture of usual size, and for a short PDF. */
const TOKENS_PER_FILE = 1_500;

/** What a request and its answer may have taken, where nobody tells. */
export function estimateTokens(request: LlmRequest, answer: string): TokenCounts {
	const tools = request.tools === undefined ? "" : JSON.stringify(request.tools);
	const read =
		countTextTokens(`${request.system ?? ""}${tools}`) +
		request.messages.reduce((sum, message) => sum + countMessage(message), 0);
	return {
		inputTokens: read,
		cacheReadTokens: 0,
		cacheWriteTokens: 0,
		outputTokens: countTextTokens(answer),
		reasoningTokens: 0,
	};
}

function countMessage(message: LlmMessage): number {
	switch (message.role) {
		case "user":
			return countContent(message.content);
		case "assistant":
			return countTextTokens(message.text + (message.toolCalls.length > 0 ? JSON.stringify(message.toolCalls) : ""));
		case "tool":
			return message.results.reduce((sum, { content }) => sum + countContent(content), 0);
	}
}

function countContent(content: LlmContent): number {
	const files = content.filter(({ type }) => type !== "text").length;
	return countTextTokens(textOf(content)) + files * TOKENS_PER_FILE;
}
