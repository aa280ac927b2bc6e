import type { Json, JsonObject } from "@/server/plan/values/json";
import type { TokenCounts } from "@/server/runs/events";
import { countsOf } from "./adapter";
import { toTexts } from "./judge";
import { costOfStart, recordUsage, sumOf } from "./meter";
import type { Job } from "./work";

const NAMES = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens"] as const;

/** What Claude Code uses: its result tells, or, where it died, its messages do. */
export function createClaudeLedger(job: Job) {
	const messages = new Map<string, TokenCounts>();
	let model = "";
	return {
		set model(name: string) {
			if (name !== "") model = name;
		},
		/** A message comes in parts, each with what all of it has used so far. */
		count(id: string, usage: Json | undefined, name: string): void {
			messages.set(id, tokensOf(usage));
			if (name !== "" && name !== "<synthetic>") model = name;
		},
		record(result: JsonObject | undefined): void {
			const counts = result === undefined ? sumOf([...messages.values()]) : tokensOf(result.usage);
			const sum = typeof result?.total_cost_usd === "number" ? result.total_cost_usd : undefined;
			const priced = job.context.bill({ provider: "anthropic", model, counts });
			const before = job.recorder.state.totals.costUsd ?? 0;
			const computed = priced.estimated ? undefined : priced.costUsd;
			const reportedUsd = sum === undefined ? undefined : costOfStart(sum, before, computed);
			const totals = { costUsd: sum ?? before };
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
