import type { SqlLike } from "@/db/client";
import type { Usage } from "../events";
import type { StepRef } from "../step-ref";
import { toJsonText } from "./json-text";

/**
 * Part of a statement that records what calls of models of a step took and cost. The statement must have a CTE `run` (`id`,
 * `team_id`, `workflow_id`) and one `accepted`, which has no row if nothing is to be written.
 */
export function charged(sql: SqlLike, { nodeId, iteration }: StepRef, usage: readonly Usage[]) {
	return sql`charged as (
		insert into model_calls (team_id, workflow_id, run_id, node_id, iteration, purpose, provider, model, input_tokens,
			cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_usd, estimated, notional, price)
		select run.team_id, run.workflow_id, run.id, ${nodeId}, ${iteration}, 'step', c.provider, c.model, c."inputTokens",
			c."cacheReadTokens", c."cacheWriteTokens", c."outputTokens", c."reasoningTokens", c."costUsd", c.estimated,
			coalesce(c.notional, false), c.price
		from run, accepted, jsonb_to_recordset(${toJsonText(usage)}::text::jsonb) as c (
			provider text, model text, "inputTokens" int, "cacheReadTokens" int, "cacheWriteTokens" int, "outputTokens" int,
			"reasoningTokens" int, "costUsd" float8, estimated boolean, notional boolean, price jsonb)
	)`;
}
