import type { Bill } from "./prices";

/** What a provider over the network is made of. */
export interface ProviderSettings {
	/** Undefined for a server that wants none, such as a local one. */
	apiKey?: string | undefined;
	/** Where a server speaks the same wire; the provider's own without it. */
	baseUrl?: string | undefined;
	bill?: Bill | undefined;
	/** In the place of Node's own: the guarded one, for an address that a team has chosen. */
	fetch?: typeof fetch | undefined;
	/** A team has brought the key or the address: nothing of the server's environment is sent along. */
	isTeams?: boolean | undefined;
}

/** Longest silence before the first word of an answer, in milliseconds; a long prompt takes its time. */
export const TIMEOUT_MS = 600_000;
