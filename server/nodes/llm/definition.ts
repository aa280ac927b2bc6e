import { z } from "zod";
import { shapeOfJsonSchema } from "@/server/plan/expressions/value-shapes";
import { promptUseOf } from "@/server/plan/prompts/prompt-use";
import { jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { usageSchema } from "../../runs/events";
import { isRemote, keyField, modelField, modelOf, providerField, remoteProviderField } from "../model-fields";
import { promptFields, requirePrompt, usedPromptSchema } from "../prompt-fields";
import { countOf, countReferences, summarizeText } from "../summary-text";

const fallbackSchema = z.strictObject({ provider: remoteProviderField, model: modelField, apiKey: keyField });

const configSchema = z
	.strictObject({
		provider: providerField("it quotes key lines of the prompt."),
		model: modelField,
		apiKey: keyField,
		fallbacks: z.array(fallbackSchema).max(5).default([]).meta({
			label: "Fallbacks",
			help: "Asked in this order while the one before cannot be reached, is overloaded or has reached its rate limit; never when it refuses to answer.",
			advanced: true,
			visibleWhen: isRemote,
		}),
		system: z.string().max(200_000).optional().meta({
			label: "Instructions",
			help: "How the model should behave, in every answer.",
			widget: "textarea",
			advanced: true,
		}),
		...promptFields,
		maxTokens: z
			.int()
			.min(1)
			.max(64_000)
			.default(4_096)
			.meta({ label: "Max tokens", help: "Limit of the answer, thinking included. A token is about four characters." }),
		jsonSchema: jsonObjectSchema.optional().meta({
			label: "Answer as",
			help: "A JSON schema; the answer then arrives as a value with these fields.",
			widget: "json-schema",
			references: "none",
		}),
	})
	.superRefine(requirePrompt);

const outputSchema = z.object({
	text: z.string().meta({ label: "Answer" }),
	json: jsonSchema.optional().meta({ label: "Answer as a value, when a schema was given" }),
	prompt: usedPromptSchema.optional().meta({ label: "The prompt of the library that was used" }),
	model: z.string().meta({ label: "Model" }),
	provider: z.string().meta({ label: "Provider" }),
	demo: z.boolean().meta({ label: "Made by the demo provider, not by a model" }),
	stopReason: z.enum(["end", "max_tokens", "refusal"]).meta({ label: "Why it ended" }),
	usage: usageSchema.meta({ label: "Tokens and cost" }),
});

export const llmDefinition = defineNode({
	type: "llm",
	title: "LLM prompt",
	description: "Sends a prompt to a language model and outputs the answer.",
	icon: "sparkles",
	keywords: [
		"ai",
		"gpt",
		"claude",
		"chat",
		"model",
		"prompt",
		"summarize",
		"summarise",
		"classify",
		"anthropic",
		"openai",
		"gemini",
		"ollama",
		"openrouter",
	],
	category: "ai",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	outputOf: (config) => {
		const shape = promptUseOf(config) ? outputSchema : outputSchema.omit({ prompt: true });
		const { jsonSchema: asked } = config;
		if (asked === undefined) return shape.omit({ json: true });
		const json = shapeOfJsonSchema(asked).meta({ label: "Answer as a value" });
		return shape.extend({ json });
	},
	promptOf: promptUseOf,
	takes: ["string"],
	streamsAnswer: true,
	isDemo: ({ provider = "demo" }) => provider === "demo",
	summary: ({ provider, model, prompt, ...rest }) => {
		const used = promptUseOf(rest);
		if (!used && summarizeText(prompt, "") === "") return "no prompt yet";
		const name = modelOf({ provider, model }) ?? "demo";
		if (used) return `${used.name}${used.version === undefined ? "" : ` v${used.version}`}, ${name}`;
		const references = countReferences(prompt);
		return references === 0 ? name : `${name}, ${countOf(references, "ref")}`;
	},
});
