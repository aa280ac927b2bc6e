import { FatalError } from "../errors";
import { createAnthropicProvider } from "./anthropic";
import { createDemoProvider } from "./demo";
import type { LlmProvider } from "./provider";

interface ProviderSettings {
	anthropicApiKey?: string;
	anthropicBaseUrl?: string;
}

/**
 * The providers that are set up, by name. The lookup throws `FatalError` with the next step for any other name, and for
 * a provider without its key.
 */
export function createProviders(settings: ProviderSettings): (name: string) => LlmProvider {
	const demo = createDemoProvider();
	const anthropic = settings.anthropicApiKey
		? createAnthropicProvider({ apiKey: settings.anthropicApiKey, baseUrl: settings.anthropicBaseUrl })
		: undefined;
	return (name) => {
		switch (name) {
			case "demo":
				return demo;
			case "anthropic":
				if (anthropic !== undefined) return anthropic;
				throw new FatalError(
					"Anthropic has no key on this server. Set ANTHROPIC_API_KEY and start it again, or choose the demo provider.",
				);
			default:
				throw new FatalError(`There is no provider called ${name}. Choose demo or anthropic.`);
		}
	};
}
