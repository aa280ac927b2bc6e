import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import type { StepRef } from "./claim-step";
import { toJsonText } from "./json-text";

/** Records steps as skipped when no claim follows that could take them along. Safe to repeat. */
export async function recordSkipped(
	sql: Sql,
	runId: string,
	steps: readonly Pick<StepRef, "nodeId" | "iteration">[],
): Promise<void> {
	if (steps.length === 0) return;
	const places = toJsonText(steps.map((s) => ({ node_id: s.nodeId, iteration: s.iteration })));
	await sql`
		with run as materialized (
			select last_seq from runs where id = ${runId} and ended_at is null for update
		), skipped as (
			insert into run_steps (run_id, node_id, iteration, status, ended_at)
			select ${runId}, s.node_id, s.iteration, 'skipped', now()
			from run, jsonb_to_recordset(${places}::text::jsonb) as s (node_id text, iteration text)
			on conflict do nothing returning node_id, iteration
		), bump as (
			update runs set last_seq = last_seq + (select count(*) from skipped)
			where id = ${runId} and exists (select from skipped)
		), logged as (
			insert into run_events (run_id, seq, type, node_id, iteration, data)
			select ${runId}, run.last_seq + row_number() over (), 'step.skipped', s.node_id, s.iteration, '{}'::jsonb
			from skipped s, run
		)
		select from run`;
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
}
