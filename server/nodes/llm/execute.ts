import { jsonSchema } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { userMessage } from "../../llm/messages";
import type { LlmAnswer } from "../../llm/provider";
import type { Execute } from "../execute-context";
import type { llmDefinition } from "./definition";

export const executeLlm: Execute<typeof llmDefinition> = async (config, context) => {
	const provider = context.llm(config.provider, { apiKey: config.apiKey?.trim() });
	const { model, system, maxTokens, jsonSchema: schema } = config;
	const used = config.promptName ? await context.prompt(config.variables) : undefined;
	const prompt = used?.text ?? config.prompt ?? "";
	const answer = await provider.complete(
		{ model, system, messages: [userMessage(prompt)], maxTokens, jsonSchema: schema },
		{ signal: context.signal, onToken: (text) => context.token(text) },
	);
	// Tokens cost money even when the answer is of no use.
	context.spend(answer.usage);
	if (schema !== undefined) refuseIncomplete(answer, maxTokens);
	const { usage, message } = answer;
	return {
		output: {
			text: message.text,
			...(schema === undefined ? {} : { json: readJson(answer.json) }),
			...(used && { prompt: { name: used.name, version: used.version } }),
			model: usage.model,
			provider: usage.provider,
			demo: usage.provider === "demo",
			stopReason: toStopReason(answer),
			usage,
		},
	};
};

/** A prompt offers no tools, and a full context window cuts the answer off as the limit does. */
function toStopReason({ stopReason }: LlmAnswer): "end" | "max_tokens" | "refusal" {
	if (stopReason === "context_full") return "max_tokens";
	return stopReason === "tool_calls" ? "end" : stopReason;
}

/** Prose that was cut off may still be useful; half a JSON value is not. */
function refuseIncomplete({ stopReason }: LlmAnswer, maxTokens: number): void {
	if (stopReason === "max_tokens") {
		throw new FatalError(`The answer did not fit into ${maxTokens} tokens. Raise Max tokens, or ask for less.`);
	}
	if (stopReason === "context_full") {
		throw new FatalError("The answer did not fit into the model’s context window. Ask with a shorter prompt.");
	}
	if (stopReason === "refusal") {
		throw new FatalError("The model declined to answer this prompt. Word it differently.");
	}
}

function readJson(value: unknown) {
	const parsed = jsonSchema.safeParse(value);
	if (!parsed.success) throw new RetryableError("The answer was no JSON value, although a schema was given.");
	return parsed.data;
}
