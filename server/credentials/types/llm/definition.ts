import { z } from "zod";
import { PROVIDER_NAMES } from "@/server/llm/provider-names";
import { atMost, defineCredential } from "../../credential-definition";

export const llmDefinition = defineCredential({
	type: "llm",
	title: "LLM provider",
	description: "A key of Anthropic, OpenAI or Gemini, or a server of your own with an OpenAI-compatible API.",
	testedBy: "itself",
	values: z.strictObject({
		provider: z.enum(PROVIDER_NAMES, "Choose a provider.").meta({
			label: "Provider",
			help: "OpenAI for Ollama, vLLM, llama.cpp, LM Studio and OpenRouter, too, with their address below.",
		}),
		key: z
			.string()
			.trim()
			.max(1_000, atMost(1_000))
			.regex(/^[\x21-\x7e]*$/, "Enter the key without spaces and line breaks.")
			.optional()
			.meta({ label: "API key", help: "Empty for a server that wants none.", secret: true }),
		url: z
			.url({ protocol: /^https?$/, error: "Enter an address such as https://openrouter.ai/api/v1." })
			.max(500, atMost(500))
			.optional()
			.meta({
				label: "Address",
				help: "Empty: the provider’s own. Private addresses must be allowed by the administrator.",
				placeholder: "https://openrouter.ai/api/v1",
			}),
	}),
	// The whole is what steps read; JSON, so that a provider and an address come with the key.
	parts: ({ provider, key = "", url = "" }) => ({ "": JSON.stringify({ provider, key, url }), provider, key, url }),
	publicParts: ["provider", "url"],
	hint: ({ provider, url, key = "" }) =>
		[provider, url && new URL(url).host, key.length >= MIN_LENGTH_WITH_END && `…${key.slice(-4)}`]
			.filter(Boolean)
			.join(", "),
});

/** Shorter ones would be given away by their last four characters. */
const MIN_LENGTH_WITH_END = 20;

/** Whether a credential is for a provider, by the hint that lists of credentials show: they hold no values. */
export function isForProvider({ hint }: { hint: string }, provider: string): boolean {
	return hint.split(", ")[0] === provider;
}
