import type { Sql } from "@/db/client";
import { queueEngineEvent, runRequested, sendSoon } from "./outbox";

/** The runs of a workflow that share a concurrency key: they wait for each other. */
export interface RunQueue {
	workflowId: string;
	concurrencyKey: string;
}

/**
 * Starts the oldest held run of a queue if the limit allows it; false if it does not, or no run is held. Call it
 * when a run has ended, or at any time: it is safe to repeat.
 */
export async function admitNextRun(sql: Sql, { workflowId, concurrencyKey }: RunQueue): Promise<boolean> {
	const admitted = await sql.begin(async (tx) => {
		await tx`select 1 from workflows where id = ${workflowId} for update`;
		const runs = await tx<{ runId: string; teamId: string }[]>`
			with oldest as (
				select id, concurrency_limit from runs
				where workflow_id = ${workflowId} and concurrency_key = ${concurrencyKey} and held
				order by number limit 1
			)
			update runs set held = false, requested_at = now() where ended_at is null and id in (
				select id from oldest
				where concurrency_limit > (
					select count(*) from runs a
					where a.workflow_id = ${workflowId} and a.concurrency_key = ${concurrencyKey} and a.ended_at is null
						and not a.held
				)
			)
			returning id as "runId", team_id as "teamId"`;
		for (const run of runs) await queueEngineEvent(tx, runRequested({ ...run, workflowId }));
		return runs;
	});
	for (const run of admitted) sendSoon(sql, run.runId);
	return admitted.length > 0;
}
