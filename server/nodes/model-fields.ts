import { z } from "zod";
import { summarizeText } from "./summary-text";

const REMOTE = ["anthropic", "openai", "gemini"] as const;
const USUAL_MODELS = { anthropic: "claude-sonnet-5-5", openai: "gpt-5-mini", gemini: "gemini-2.5-flash" };

interface Chosen {
	provider?: unknown;
	model?: unknown;
}

/** The model of a config as it is shown, or the usual one of its provider; undefined for the demo provider, which has none. */
export function modelOf({ provider, model }: Chosen): string | undefined {
	const usual = usualModel(provider);
	return usual && summarizeText(model, usual);
}

/** The model that a provider is asked for. */
export function modelToAsk({ provider, model }: { provider: string; model?: string | undefined }): string {
	return model ?? usualModel(provider) ?? "demo";
}

function usualModel(provider: unknown): string | undefined {
	const remote = REMOTE.find((name) => name === provider);
	return remote && USUAL_MODELS[remote];
}

/** Whether a provider is asked over the network, for a form. */
export function isRemote({ provider }: Readonly<Record<string, unknown>>): boolean {
	return provider !== undefined && provider !== "demo";
}

/** @param demo what the demo provider does in this step */
export function providerField(demo: string) {
	return z
		.enum(["demo", ...REMOTE])
		.default("demo")
		.meta({
			label: "Provider",
			help: `Demo needs no key and no network: ${demo} openai is also Ollama, vLLM, llama.cpp, LM Studio and OpenRouter, at an address of theirs.`,
			widget: "select",
		});
}

export const remoteProviderField = z.enum(REMOTE).default("anthropic").meta({ label: "Provider", widget: "select" });

export const modelField = z
	.string()
	.trim()
	.min(1)
	.max(100)
	.optional()
	.meta({
		label: "Model",
		help: `Empty: ${Object.values(USUAL_MODELS).join(", ")}, by provider.`,
		placeholder: USUAL_MODELS.anthropic,
		widget: "model",
		visibleWhen: isRemote,
	});

export const keyField = z
	.string()
	.min(1)
	.max(4_000)
	.optional()
	.meta({
		label: "API key",
		help: "A credential with a key, or an address, of your own. Empty: the server’s key.",
		placeholder: "{{ secrets.anthropic }}",
		visibleWhen: isRemote,
		credential: () => ({ llm: { apiKey: "" }, token: { apiKey: "" } }),
	});
