import type { Sql } from "@/db/client";
import { queueEngineEvent, runRequested, sendOutbox } from "./outbox";

/**
 * Lets the oldest run that its workflow's concurrency rule holds back begin, when there is room for it. A held run is a
 * queued one without an outbox row. Call it when a run has ended, or at any time: it is safe to repeat.
 */
export async function admitNextRun(sql: Sql, workflowId: string): Promise<void> {
	const admitted = await sql.begin(async (tx) => {
		await tx`select 1 from workflows where id = ${workflowId} for update`;
		const held = await tx<{ id: string }[]>`
			select r.id from runs r
				join plans p on p.team_id = r.team_id and p.hash = r.plan_hash
			where r.workflow_id = ${workflowId} and r.status = 'queued' and r.concurrency_key is not null
				and not exists (select from outbox o where o.run_id = r.id)
				and (
					select count(*) from runs a
					where a.workflow_id = r.workflow_id and a.concurrency_key = r.concurrency_key and a.ended_at is null
						and (a.status <> 'queued' or exists (select from outbox o where o.run_id = a.id))
				) < (p.plan->'settings'->'concurrency'->>'limit')::int
			order by r.number limit 1`;
		for (const run of held) await queueEngineEvent(tx, runRequested(run.id));
		return held;
	});
	for (const run of admitted) await sendOutbox(sql, { runId: run.id });
}
