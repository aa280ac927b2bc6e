import type { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { userMessage } from "../../llm/messages";
import type { LlmAnswer } from "../../llm/provider";
import type { Execute, ExecuteContext } from "../execute-context";
import { modelOf, modelToAsk } from "../model-fields";
import type { llmDefinition } from "./definition";

export const executeLlm: Execute<typeof llmDefinition> = async (config, context) => {
	const { maxTokens, jsonSchema: schema } = config;
	const used = config.promptName ? await context.prompt(config.variables) : undefined;
	const answer = await askInOrder({ ...config, prompt: used?.text ?? config.prompt ?? "" }, context);
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

type Config = z.infer<typeof llmDefinition.config>;

/** Asks the provider, then each fallback while the one before is out of reach. A refusal stands. */
async function askInOrder(config: Config, context: ExecuteContext): Promise<LlmAnswer> {
	for (const [index, fallback] of config.fallbacks.entries()) {
		const asked = index === 0 ? config : config.fallbacks[index - 1];
		try {
			return await ask(asked ?? config, config, context);
		} catch (error) {
			if (!(error instanceof RetryableError)) throw error;
			context.log("warn", `${error.message} Asking ${fallback.provider}, ${modelOf(fallback)}, in its place.\n`);
		}
	}
	return await ask(config.fallbacks.at(-1) ?? config, config, context);
}

async function ask(
	{ provider, model, apiKey }: Pick<Config, "provider" | "model" | "apiKey">,
	{ system, prompt, maxTokens, jsonSchema }: Config,
	context: ExecuteContext,
): Promise<LlmAnswer> {
	return await context.llm(provider, { apiKey: apiKey?.trim() }).complete(
		{
			model: modelToAsk({ provider, model }),
			...{ system, maxTokens, jsonSchema, messages: [userMessage(prompt ?? "")] },
		},
		{ signal: context.signal, onToken: (text) => context.token(text) },
	);
}

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
