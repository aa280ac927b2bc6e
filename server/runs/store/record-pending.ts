import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { type PendingRecord, recordsOf } from "./pending-records";

/** Writes pending records by a statement of their own, without a claim. Returns the run's status. */
export async function recordPending(
	sql: Sql,
	runId: string,
	pending: readonly PendingRecord[],
): Promise<{ runStatus: string | undefined }> {
	const { records, log } = recordsOf(sql, runId, pending);
	const [row] = await sql<{ runStatus: string }[]>`
		with run as materialized (
			select status, last_seq from runs where id = ${runId} for update
		), ${records}, events as (
			select row_number() over (order by nth) as n, e.* from ${log} e
		), bump as (
			update runs set last_seq = last_seq + (select count(*) from events)
			where id = ${runId} and exists (select from events)
		), logged as (
			insert into run_events (run_id, seq, type, node_id, iteration, data)
			select ${runId}, run.last_seq + e.n, e.type, e.node_id, e.iteration, e.data from events e, run
		)
		select run.status as "runStatus" from run, guard where holds = 1`;
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return { runStatus: row?.runStatus };
}
