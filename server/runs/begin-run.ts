import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";

export interface BegunRun {
	status: string;
	isNew: boolean;
}

/**
 * Turns a queued run into a running one, once: sets its deadline and takes its announcement out of the outbox.
 * Returns the status the run has now, and whether it had begun before; a second call changes nothing.
 */
export async function beginRun(sql: Sql, runId: string, timeoutSeconds: number): Promise<BegunRun | undefined> {
	const [row] = await sql<BegunRun[]>`
		with begun as (
			update runs set status = 'running', started_at = now(), last_seq = last_seq + 1,
				deadline = now() + make_interval(secs => ${timeoutSeconds})
			where id = ${runId} and status = 'queued'
			returning last_seq
		), announced as (
			delete from outbox where run_id = ${runId} and name = 'weft/run.requested'
		), logged as (
			insert into run_events (run_id, seq, type, iteration, data)
			select ${runId}, begun.last_seq, 'run.started', '', '{}'::jsonb from begun
		)
		select case when exists (select from begun) then 'running' else status end as status,
			exists (select from begun) as "isNew"
		from runs where id = ${runId}`;
	if (row?.isNew) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return row;
}
