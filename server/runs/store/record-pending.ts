import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { loggedAndCounted } from "./log-events";
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
			select id, status, last_seq from runs where id = ${runId} for update
		), ${records}, events as ${log}, ${loggedAndCounted(sql, runId)}
		select run.status as "runStatus" from run, guard where holds = 1`;
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return { runStatus: row?.runStatus };
}
