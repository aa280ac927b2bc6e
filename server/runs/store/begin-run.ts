import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { type RunRow, runColumns } from "./run-row";

export interface BegunRun {
	status: string;
	isNew: boolean;
	run: RunRow;
}

/**
 * Turns a queued run into a running one, once: sets its deadline and takes its announcement out of the outbox.
 * Returns the status the run has now, whether it had begun before, and what never changes about it; a second call changes
 * nothing.
 */
export async function beginRun(sql: Sql, runId: string): Promise<BegunRun | undefined> {
	const [row] = await sql<(Omit<BegunRun, "run"> & RunRow)[]>`
		with begun as (
			update runs set status = 'running', started_at = now(), last_seq = last_seq + 1,
				deadline = now() + make_interval(secs => timeout_seconds)
			where id = ${runId} and status = 'queued'
			returning last_seq
		), announced as (
			delete from outbox where run_id = ${runId} and name = 'weft/run.requested'
		), logged as (
			insert into run_events (run_id, seq, type, iteration, data)
			select ${runId}, begun.last_seq, 'run.started', '', '{}'::jsonb from begun
		)
		select case when exists (select from begun) then 'running' else status end as status,
			exists (select from begun) as "isNew", ${runColumns(sql)}
		from runs r join workflows w on w.id = r.workflow_id where r.id = ${runId}`;
	if (row === undefined) return undefined;
	const { status, isNew, ...run } = row;
	if (isNew) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return { status, isNew, run };
}
