import type { Json, JsonObject } from "@/server/plan/values/json";
import type { TokenCounts } from "@/server/runs/events";
import { asCost } from "@/server/runs/told-usage";
import { countsOf } from "./adapter";
import { toTexts } from "./env-texts";
import { costOfStart, NO_TOKENS, recordUsage, sumOf } from "./meter";
import type { Job } from "./work";

const NAMES = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens"] as const;

/** Messages that are told in parts at the same time: its own and those of its subagents. */
const MAX_OPEN = 100;
const MAX_ID = 200;

/** What Claude Code uses: its result tells, or, where it died, its messages do. */
export function createClaudeLedger(job: Job) {
	/** The last ones, which may still grow; what the others have used is in `before`. */
	const messages = new Map<string, TokenCounts>();
	let before = NO_TOKENS;
	let model = "";
	let unrecordedUsd = 0;
	const priceOf = (counts: TokenCounts) => {
		const { estimated, costUsd } = job.context.bill({ provider: "anthropic", model, counts });
		return estimated ? undefined : costUsd;
	};
	const used = () => sumOf([before, ...messages.values()]);
	return {
		set model(name: string) {
			if (name !== "") model = name;
		},
		/** A message comes in parts, each with what all of it has used so far. */
		count(id: string, usage: Json | undefined, name: string): void {
			messages.set(id.slice(0, MAX_ID), tokensOf(usage));
			const [[oldest, counts] = ["", NO_TOKENS]] = messages;
			if (messages.size > MAX_OPEN) {
				before = sumOf([before, counts]);
				messages.delete(oldest);
			}
			if (name !== "" && name !== "<synthetic>") model = name;
			unrecordedUsd = priceOf(used()) ?? 0;
		},
		/** As the list prices it; 0 where that has no price. */
		unrecordedUsd: () => unrecordedUsd,
		record(result: JsonObject | undefined): void {
			unrecordedUsd = 0;
			if (result === undefined && messages.size === 0) return;
			const counts = result === undefined ? used() : tokensOf(result.usage);
			const sum = asCost(result?.total_cost_usd);
			const paid = job.recorder.state.totals.costUsd ?? 0;
			const computed = priceOf(counts);
			const reportedUsd = sum === undefined ? undefined : costOfStart(sum, paid, computed);
			// Cut off, it tells no sum; the next one may hold this start too.
			const totals = { costUsd: sum ?? paid + (computed ?? 0) };
			recordUsage(job, { provider: "anthropic", model, counts, reportedUsd, isPlan: isPlan(job), totals });
		},
	};
}

function tokensOf(usage: Json | undefined): TokenCounts {
	const counts = countsOf(usage, NAMES);
	return {
		inputTokens: counts.input_tokens,
		cacheReadTokens: counts.cache_read_input_tokens,
		cacheWriteTokens: counts.cache_creation_input_tokens,
		outputTokens: counts.output_tokens,
		reasoningTokens: 0,
	};
}

/** Signed in by a plan: its own price is only a notion. */
function isPlan({ config }: Job): boolean {
	const env = toTexts(config.env);
	return !env.ANTHROPIC_API_KEY && !!env.CLAUDE_CODE_OAUTH_TOKEN;
}
