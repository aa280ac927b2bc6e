import { isProviderName } from "@/server/llm/provider-names";
import type { TokenCounts, Usage } from "@/server/runs/events";
import { asCost, asCounts } from "@/server/runs/told-usage";
import type { ExecuteContext } from "../execute-context";
import type { Job } from "./work";

export const NO_TOKENS: TokenCounts = {
	inputTokens: 0,
	cacheReadTokens: 0,
	cacheWriteTokens: 0,
	outputTokens: 0,
	reasoningTokens: 0,
};

interface Used {
	/** Whose models they are. */
	provider: string;
	model: string;
	counts: TokenCounts;
	/** What the agent says that it cost. */
	reportedUsd?: number | undefined;
	/** It is paid for by a plan: what it would cost by the token is only a notion. */
	isPlan: boolean;
	/** Sums of the whole session, by the agent's own names. */
	totals?: Readonly<Record<string, number>>;
}

/** Records what an agent has used, at its own price or that of the list. */
export function recordUsage({ recorder, context }: Job, told: Used): void {
	const used = { ...told, reportedUsd: asCost(told.reportedUsd) };
	const usage = priceOf(context.bill, used);
	const isUnknown = usage.estimated && used.reportedUsd === undefined;
	const costKind = isUnknown
		? "unknown"
		: used.isPlan
			? "notional"
			: used.reportedUsd === undefined
				? "computed"
				: "reported";
	recorder.add({ kind: "usage", usage, costKind, ...(used.totals && { totals: { ...used.totals } }) });
}

function priceOf(bill: ExecuteContext["bill"], { provider, model, counts, reportedUsd }: Used): Usage {
	if (isProviderName(provider)) return bill({ provider, model, counts, reportedUsd });
	return { provider, model, ...asCounts(counts), costUsd: reportedUsd ?? 0, estimated: reportedUsd === undefined };
}

/**
 * What this start has cost, of a sum that may be the whole session's: programs that were started anew tell either. The price
 * of the tokens tells which; without one, a sum that has grown is the session's.
 */
export function costOfStart(sum: number, before: number, computed: number | undefined): number {
	if (sum < before) return sum;
	const rest = sum - before;
	if (computed === undefined) return rest;
	return Math.abs(sum - computed) < Math.abs(rest - computed) ? sum : rest;
}

export function sumOf(counts: readonly TokenCounts[]): TokenCounts {
	return counts.reduce(
		(sum, one) => ({
			inputTokens: sum.inputTokens + one.inputTokens,
			cacheReadTokens: sum.cacheReadTokens + one.cacheReadTokens,
			cacheWriteTokens: sum.cacheWriteTokens + one.cacheWriteTokens,
			outputTokens: sum.outputTokens + one.outputTokens,
			reasoningTokens: sum.reasoningTokens + one.reasoningTokens,
		}),
		NO_TOKENS,
	);
}
