import { z } from "zod";
import { isProviderName, PROVIDER_NAMES, type ProviderName } from "../llm/provider-names";
import { summarizeText } from "./summary-text";

const USUAL_MODELS = { anthropic: "claude-sonnet-5-5", openai: "gpt-5-mini", gemini: "gemini-2.5-flash" };

/** What forms offer, the most capable first; any other name can be typed. */
const OFFERED_MODELS: Record<ProviderName, readonly string[]> = {
	anthropic: ["claude-opus-5-5", USUAL_MODELS.anthropic, "claude-haiku-5-5"],
	openai: ["gpt-5", USUAL_MODELS.openai],
	gemini: ["gemini-2.5-pro", USUAL_MODELS.gemini],
};

/** Of a provider; of all, where it is not known yet which one it is. */
export function offeredModels(provider: unknown): readonly string[] {
	return isProviderName(provider) ? OFFERED_MODELS[provider] : Object.values(OFFERED_MODELS).flat();
}

/** The provider whose model this is, if that is another one; undefined for names that nobody knows. */
export function otherProviderOf(provider: unknown, model: string): ProviderName | undefined {
	if (!isProviderName(provider) || OFFERED_MODELS[provider].includes(model)) return undefined;
	return PROVIDER_NAMES.find((name) => OFFERED_MODELS[name].includes(model));
}

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

/** The model of a provider where none is named; undefined for the demo provider. */
export function usualModel(provider: unknown): string | undefined {
	return isProviderName(provider) ? USUAL_MODELS[provider] : undefined;
}

/** Whether a provider is asked over the network, for a form. */
export function isRemote({ provider }: Readonly<Record<string, unknown>>): boolean {
	return provider !== undefined && provider !== "demo";
}

/** @param demo what the demo provider does in this step */
export function providerField(demo: string) {
	return z
		.enum(["demo", ...PROVIDER_NAMES])
		.default("demo")
		.meta({
			label: "Provider",
			help: `Demo needs no key and no network: ${demo} Choose OpenAI for Ollama, vLLM, llama.cpp, LM Studio and OpenRouter too, with a credential “LLM provider” that holds the address.`,
			widget: "select",
		});
}

export const remoteProviderField = z
	.enum(PROVIDER_NAMES)
	.default("anthropic")
	.meta({ label: "Provider", widget: "select" });

export const modelField = z
	.string()
	.trim()
	.min(1)
	.max(100)
	.optional()
	.meta({
		label: "Model",
		help: "Empty: the usual one of the provider.",
		widget: "model",
		shownAs({ provider }) {
			const placeholder = usualModel(provider);
			return placeholder === undefined ? {} : { placeholder };
		},
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
