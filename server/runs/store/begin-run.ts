import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { logged, rowsOf } from "./log-events";
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
		with run as (
			update runs set status = 'running', started_at = now(), last_seq = last_seq + 1,
				deadline = now() + make_interval(secs => timeout_seconds)
			where id = ${runId} and status = 'queued'
			returning id, last_seq - 1 as last_seq
		), announced as (
			delete from outbox where run_id = ${runId} and name = 'weft/run.requested'
		), events as ${rowsOf(sql, [{ type: "run.started", data: {} }])}, ${logged(sql)}
		select case when exists (select from run) then 'running' else status end as status,
			exists (select from run) as "isNew", ${runColumns(sql)}
		from runs r join workflows w on w.id = r.workflow_id where r.id = ${runId}`;
	if (row === undefined) return undefined;
	const { status, isNew, ...run } = row;
	if (isNew) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return { status, isNew, run };
}
