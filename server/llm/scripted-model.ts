import type { JsonObject } from "../plan/values/json";
import type { LlmProvider, LlmRequest } from "./provider";

/** A turn of a model in a test: the calls that it asks for, or its answer. */
export type ScriptedTurn =
	| { calls: { id?: string; name: string; input: JsonObject }[] }
	| { text: string; json?: unknown };

/**
 * A model that says what its script says after so many turns. `asked` is what it was sent, in order. Each turn costs a cent.
 * @param tokens how long the conversation is, as of so many turns that were asked for
 */
export function createScriptedModel(
	script: (turn: number, request: LlmRequest) => ScriptedTurn,
	tokens: (asked: number) => number = () => 100,
) {
	const asked: LlmRequest[] = [];
	const provider: LlmProvider = {
		name: "anthropic",
		async complete(request) {
			asked.push({ ...request, messages: [...request.messages] });
			const number = request.messages.filter(({ role }) => role === "assistant").length + 1;
			const turn = script(number, request);
			const toolCalls = "calls" in turn ? turn.calls.map((call, index) => ({ id: `${number}-${index}`, ...call })) : [];
			return {
				message: { role: "assistant", text: "text" in turn ? turn.text : "", toolCalls },
				thinking: "",
				...("json" in turn && { json: turn.json }),
				stopReason: toolCalls.length > 0 ? "tool_calls" : "end",
				usage: {
					provider: "anthropic",
					model: "scripted",
					...TOKENS,
					inputTokens: tokens(asked.length),
					costUsd: 0.01,
					estimated: false,
				},
			};
		},
	};
	return { provider, asked };
}

const TOKENS = { cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 0 };
