/** The providers that are asked over the network, in the order in which screens offer them. */
export const PROVIDER_NAMES = ["anthropic", "openai", "gemini"] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export function isProviderName(name: unknown): name is ProviderName {
	return PROVIDER_NAMES.some((known) => known === name);
}
