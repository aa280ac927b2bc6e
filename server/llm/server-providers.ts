import type { Env } from "../env";
import type { OutboundFetch } from "../http/outbound-fetch";
import { type Bill, createBill } from "./prices";
import type { FindProvider } from "./provider";
import type { ProviderName } from "./provider-names";
import { createProviders } from "./providers";
import { readPrices } from "./read-prices";

/** The providers as the environment sets them up; `outbound` asks the addresses that teams have chosen. */
export function createServerProviders(env: Env, outbound: OutboundFetch): FindProvider {
	const own = {
		anthropic: { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL },
		openai: { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL },
		gemini: { apiKey: env.GEMINI_API_KEY, baseUrl: env.GEMINI_BASE_URL },
	} satisfies Record<ProviderName, object>;
	return createProviders({ ...own, outbound, bill: createServerBill(env) });
}

/** Prices calls by the list, and the administrator's own. */
export function createServerBill(env: Env): Bill {
	return createBill(readPrices(env.WEFT_LLM_PRICES_FILE));
}
