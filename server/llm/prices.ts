import type { TokenCounts, TokenPrice, Usage } from "../runs/events";
import { asCost, asCounts } from "../runs/told-usage";
import { LIST_PRICES, type ListPrice } from "./price-table";

interface Call {
	provider: ListPrice["provider"];
	model: string;
	counts: TokenCounts;
	/** The tokens were counted by us, because the provider did not tell. */
	isCounted?: boolean;
	/** What the provider says that it cost, in US dollars. */
	reportedUsd?: number | undefined;
	/** A server of one's own: a model without a price costs nothing there. */
	isOwnServer?: boolean | undefined;
}

/** What a call took, at the price that holds now. */
export type Bill = (call: Call) => Usage;

/**
 * Prices calls by the list of this version, over which the administrator's own goes. A model that no list has counts as
 * the dearest of its provider, so that a budget holds for it too, and is marked.
 * @param own the administrator's prices: those of a model replace all that the list says of it
 * @param today the clock, for tests
 */
export function createBill(own: readonly ListPrice[] = [], today = () => new Date()): Bill {
	return ({ isCounted = false, reportedUsd: told, ...call }) => {
		const reportedUsd = asCost(told);
		const { provider, model } = call;
		const counts = asCounts(call.counts);
		const tokens = { provider, model, ...counts };
		if (reportedUsd !== undefined) return { ...tokens, costUsd: reportedUsd, estimated: isCounted };
		const day = today().toISOString().slice(0, 10);
		const known = findPrice(own, call, day) ?? findPrice(LIST_PRICES, call, day);
		if (known === undefined && call.isOwnServer) return { ...tokens, costUsd: 0, estimated: true };
		const price = toTokenPrice(known ?? dearest(provider), counts);
		const estimated = isCounted || known === undefined;
		return { ...tokens, costUsd: costOf(counts, price), estimated, price };
	};
}

function findPrice(list: readonly ListPrice[], { provider, model }: Call, day: string): ListPrice | undefined {
	const [found] = list
		.filter((price) => price.provider === provider && price.since <= day && isVersionOf(model, price.model))
		.sort((a, b) => b.model.length - a.model.length || b.since.localeCompare(a.since));
	return found;
}

/** `gpt-5-2025-08-07` is a version of `gpt-5`; `gpt-5.2` is another model. */
function isVersionOf(model: string, name: string): boolean {
	return model.startsWith(name) && !/^[a-z0-9.]/i.test(model.slice(name.length));
}

function dearest(provider: ListPrice["provider"]): ListPrice {
	return LIST_PRICES.filter((price) => price.provider === provider).reduce((a, b) => (b.output > a.output ? b : a));
}

function toTokenPrice({ since, long, ...usual }: ListPrice, counts: TokenCounts): TokenPrice {
	const prompt = counts.inputTokens + counts.cacheReadTokens + counts.cacheWriteTokens;
	const { input, output, cacheRead, cacheWrite } = long !== undefined && prompt > long.above ? long : usual;
	return { input, output, cacheRead: cacheRead ?? input / 10, cacheWrite: cacheWrite ?? input, since };
}

function costOf(counts: TokenCounts, price: TokenPrice): number {
	const read =
		counts.inputTokens * price.input +
		counts.cacheReadTokens * price.cacheRead +
		counts.cacheWriteTokens * price.cacheWrite;
	return (read + (counts.outputTokens + counts.reasoningTokens) * price.output) / 1_000_000;
}
