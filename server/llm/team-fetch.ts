import type { ProviderSettings } from "./provider-settings";

/** What the wires want beside the key. */
const NEEDED = ["accept", "content-type", "anthropic-version"];

/**
 * The fetch of an SDK. The SDKs add headers that the server's environment names (`ANTHROPIC_CUSTOM_HEADERS`), which may
 * hold secrets of the administrator and may take the place of the key: a request of a team has its own headers only.
 */
export function chooseFetch(
	{ isTeams = false, fetch: send }: Pick<ProviderSettings, "isTeams" | "fetch">,
	apiKey: string,
): typeof fetch | undefined {
	if (!isTeams) return send;
	return (input, init = {}) => {
		const given = new Headers(init.headers);
		const headers = new Headers({ authorization: `Bearer ${apiKey}` });
		for (const name of NEEDED) {
			const value = given.get(name);
			if (value !== null) headers.set(name, value);
		}
		return (send ?? fetch)(input, { ...init, headers });
	};
}
