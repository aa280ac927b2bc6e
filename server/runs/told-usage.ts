import type { TokenCounts } from "./events";

const MAX_TOKENS = 100_000_000;
const MAX_COST = 10_000;

/** A cost in US dollars as whatever server or program tells it; undefined where that is no number that one call can cost. */
export function asCost(told: unknown): number | undefined {
	return typeof told === "number" && told >= 0 && told <= MAX_COST ? told : undefined;
}

/** As whatever server tells them: none is less than nothing, or more than any model reads. */
export function asCounts(told: TokenCounts): TokenCounts {
	const whole = (count: number) => (Number.isFinite(count) ? Math.min(Math.max(0, Math.round(count)), MAX_TOKENS) : 0);
	return {
		inputTokens: whole(told.inputTokens),
		cacheReadTokens: whole(told.cacheReadTokens),
		cacheWriteTokens: whole(told.cacheWriteTokens),
		outputTokens: whole(told.outputTokens),
		reasoningTokens: whole(told.reasoningTokens),
	};
}
