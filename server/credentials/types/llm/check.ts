import { isProviderName, type ProviderName } from "@/server/llm/provider-names";
import type { CheckCredential, CheckResult } from "../../credential-check";

/** Where each provider lists its models, and how it takes the key. */
const LISTS: Record<ProviderName, { url: string; path: string; headers(key: string): Record<string, string> }> = {
	anthropic: {
		url: "https://api.anthropic.com",
		path: "/v1/models",
		headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
	},
	openai: {
		url: "https://api.openai.com/v1",
		path: "/models",
		headers: (key): Record<string, string> => (key === "" ? {} : { authorization: `Bearer ${key}` }),
	},
	gemini: {
		url: "https://generativelanguage.googleapis.com",
		path: "/v1beta/models",
		headers: (key) => ({ "x-goog-api-key": key }),
	},
};

/** Asks the provider for its models, which costs nothing. */
export const checkLlm: CheckCredential = async ({ provider = "", key = "", url = "" }, { fetch, signal }) => {
	if (!isProviderName(provider)) return { verdict: "unknown", message: `There is no provider called ${provider}.` };
	const list = LISTS[provider];
	const address = `${(url || list.url).replace(/\/$/, "")}${list.path}`;
	const response = await fetch(address, { headers: list.headers(key), redirect: "manual", signal });
	const said = await response.text();
	return judge(response.status, new URL(address).host, said);
};

function judge(status: number, host: string, said: string): CheckResult {
	// Gemini calls a wrong key a bad request.
	if (status === 401 || status === 403 || (status === 400 && /api.?key/i.test(said)))
		return { verdict: "refused", message: `${host} refused the key with status ${status}. Enter another one.` };
	if (status === 200) return { verdict: "works", message: `${host} answered with its list of models.` };
	return {
		verdict: "unknown",
		message: `${host} answered with status ${status}, which does not tell whether it works. Check the address.`,
	};
}
