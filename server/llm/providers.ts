import { FatalError } from "../errors";
import { createAnthropicProvider } from "./anthropic";
import { createDemoProvider } from "./demo";
import type { FindProvider } from "./provider";

interface ProviderSettings {
	anthropicApiKey?: string;
	anthropicBaseUrl?: string;
}

/**
 * The providers that are set up, by name. The lookup throws `FatalError` with the next step for any other name, and for
 * a provider without its key.
 */
export function createProviders({ anthropicApiKey, anthropicBaseUrl: baseUrl }: ProviderSettings): FindProvider {
	const demo = createDemoProvider();
	const anthropic = anthropicApiKey ? createAnthropicProvider({ apiKey: anthropicApiKey, baseUrl }) : undefined;
	return (name, { apiKey } = {}) => {
		switch (name) {
			case "demo":
				return demo;
			case "anthropic":
				if (apiKey) return createAnthropicProvider({ apiKey, baseUrl });
				if (anthropic !== undefined) return anthropic;
				throw new FatalError(
					"Anthropic has no key on this server. Choose a credential with one in the step, set ANTHROPIC_API_KEY and start the server again, or choose the demo provider.",
				);
			default:
				throw new FatalError(`There is no provider called ${name}. Choose demo or anthropic.`);
		}
	};
}
