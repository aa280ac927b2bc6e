import type { Usage } from "@/server/runs/events";

/** A call of a model for tests, of 150 tokens and ten cents unless it is said. */
export function testUsage(given: Partial<Usage> = {}): Usage {
	const counts = { inputTokens: 100, cacheReadTokens: 20, cacheWriteTokens: 5, outputTokens: 15, reasoningTokens: 10 };
	return { provider: "anthropic", model: "claude-sonnet-5-5", ...counts, costUsd: 0.1, estimated: false, ...given };
}
