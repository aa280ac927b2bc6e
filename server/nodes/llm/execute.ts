import { jsonSchema } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import type { LlmAnswer } from "../../llm/provider";
import type { Execute } from "../execute-context";
import type { llmDefinition } from "./definition";

export const executeLlm: Execute<typeof llmDefinition> = async (config, context) => {
	const provider = context.llm(config.provider, { apiKey: config.apiKey?.trim() });
	const { model, system, prompt, maxTokens, jsonSchema: schema } = config;
	const answer = await provider.complete(
		{ model, system, prompt, maxTokens, jsonSchema: schema },
		{ signal: context.signal, onToken: (text) => context.token(text) },
	);
	// Tokens cost money even when the answer is of no use.
	context.spend(answer.usage);
	if (schema !== undefined) refuseIncomplete(answer, maxTokens);
	const { usage, text, stopReason } = answer;
	return {
		output: {
			text,
			...(schema === undefined ? {} : { json: readJson(answer.json) }),
			model: usage.model,
			provider: usage.provider,
			demo: usage.provider === "demo",
			stopReason,
			usage,
		},
	};
};

/** Prose that was cut off may still be useful; half a JSON value is not. */
function refuseIncomplete({ stopReason }: LlmAnswer, maxTokens: number): void {
	if (stopReason === "max_tokens") {
		throw new FatalError(`The answer did not fit into ${maxTokens} tokens. Raise Max tokens, or ask for less.`);
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
