import { FatalError } from "../errors";
import type { OutboundFetch } from "../http/outbound-fetch";
import { createAnthropicProvider } from "./anthropic";
import { createDemoProvider } from "./demo";
import { createGeminiProvider } from "./gemini";
import { createOpenAiProvider } from "./openai";
import { type Bill, createBill } from "./prices";
import type { FindProvider, LlmProvider } from "./provider";
import { readAccess } from "./provider-access";
import { isProviderName, PROVIDER_NAMES, type ProviderName } from "./provider-names";
import type { ProviderSettings } from "./provider-settings";

/** The administrator's: an address of theirs may be private. */
interface Own {
	apiKey?: string | undefined;
	baseUrl?: string | undefined;
}

interface ProvidersSettings extends Partial<Record<ProviderName, Own>> {
	bill?: Bill;
	/** Asks the addresses that teams have chosen. */
	outbound?: OutboundFetch;
}

const REMOTE = {
	anthropic: { create: createAnthropicProvider, title: "Anthropic", variable: "ANTHROPIC_API_KEY" },
	openai: { create: createOpenAiProvider, title: "OpenAI", variable: "OPENAI_API_KEY or OPENAI_BASE_URL" },
	gemini: { create: createGeminiProvider, title: "Gemini", variable: "GEMINI_API_KEY" },
} satisfies Record<ProviderName, { create(settings: ProviderSettings): LlmProvider; title: string; variable: string }>;

/**
 * The providers that are set up, by name. The lookup throws `FatalError` with the next step for any other name, and for
 * a provider without its key. The server's keys go to the server's addresses alone.
 */
export function createProviders(settings: ProvidersSettings): FindProvider {
	const { bill = createBill(), outbound } = settings;
	const demo = createDemoProvider();
	const made = new Map<string, LlmProvider>();
	return (name, { apiKey: brought } = {}) => {
		if (name === "demo") return demo;
		if (!isProviderName(name))
			throw new FatalError(`There is no provider called ${name}. Choose demo, ${PROVIDER_NAMES.join(", ")}.`);
		const { create, title, variable } = REMOTE[name];
		const own = settings[name] ?? {};
		if (brought) {
			const { apiKey, baseUrl } = readAccess(name, brought);
			const guarded = baseUrl === undefined ? {} : { fetch: guardedFetch(outbound) };
			const provider = create({ apiKey, baseUrl: baseUrl ?? own.baseUrl, bill, isTeams: true, ...guarded });
			return { ...provider, isServerAddress: isServerAddress(own, baseUrl) };
		}
		if (!own.apiKey && !(name === "openai" && own.baseUrl))
			throw new FatalError(
				`${title} has no key on this server. Choose a credential with one in the step, set ${variable} and start the server again, or choose the demo provider.`,
			);
		const provider = made.get(name) ?? create({ ...own, bill });
		made.set(name, provider);
		return provider;
	};
}

/** Whether a brought credential, with the address that it names, leads to the server's own address all the same. */
function isServerAddress({ baseUrl: own }: Own, baseUrl: string | undefined): boolean {
	if (own === undefined || baseUrl === undefined) return own !== undefined;
	return URL.canParse(baseUrl) && new URL(baseUrl).origin === new URL(own).origin;
}

/** The guarded fetch in the form in which SDKs call it. A redirect would take the key along: there is none. */
function guardedFetch(outbound: OutboundFetch | undefined): typeof fetch {
	return async (input, { method, headers, body, signal } = {}) => {
		if (outbound === undefined) throw new FatalError("This server asks no providers at addresses of their own.");
		const url = input instanceof Request ? input.url : String(input);
		return await outbound(url, { method, headers, body, signal, redirect: "error" });
	};
}
