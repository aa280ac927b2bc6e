import type { Sql } from "@/db/client";
import { admitNextRun, type RunQueue } from "../store/admit-runs";
import { forEachSettled } from "./for-each-settled";

/**
 * Lets held runs begin whose turn has come: the end of a run does so at once, and may be interrupted before it does. Jumps
 * from queue to queue along the index, so that it costs as much as there are queues, however many runs wait in them.
 */
export async function admitHeldRuns(sql: Sql): Promise<void> {
	const queues = await sql<RunQueue[]>`
		with recursive queue as (
			(select workflow_id, concurrency_key, concurrency_limit from runs where held
				order by workflow_id, concurrency_key, number limit 1)
			union all
			select next.* from queue, lateral (
				select workflow_id, concurrency_key, concurrency_limit from runs
				where held and (workflow_id, concurrency_key) > (queue.workflow_id, queue.concurrency_key)
				order by workflow_id, concurrency_key, number limit 1
			) next
		)
		select workflow_id as "workflowId", concurrency_key as "concurrencyKey" from queue
		where concurrency_limit > (
			select count(*) from runs a
			where a.workflow_id = queue.workflow_id and a.concurrency_key = queue.concurrency_key and a.ended_at is null
				and not a.held
		)`;
	await forEachSettled(queues, async (queue) => {
		while (await admitNextRun(sql, queue));
	});
}
