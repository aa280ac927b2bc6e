import type { SqlLike } from "@/db/client";
import type { NewRunEvent } from "../events";
import { logged, rowsOf } from "./log-events";

/** The channel that notifies watchers of a run's new events; the payload is the run's id. */
export const RUN_EVENTS_CHANNEL = "weft_run_events";
/** The channel that notifies workers that a run ended, or that a claim in it was released; the payload is the run's id. */
export const RUN_SIGNALS_CHANNEL = "weft_run_signals";

/**
 * Appends events to a run's log, in order, under the run's row lock: `seq` stays dense, and a reader that has seen
 * seq n misses nothing below it. Returns the last `seq`; 0, and nothing is written, when the run has ended.
 */
export async function appendEvents(sql: SqlLike, runId: string, events: readonly NewRunEvent[]): Promise<number> {
	const [row] = await sql<{ last: number }[]>`
		with run as (
			update runs set last_seq = last_seq + ${events.length} where id = ${runId} and ended_at is null
			returning id, last_seq - ${events.length} as last_seq
		), events as ${rowsOf(sql, events)}, ${logged(sql)}
		select last_seq + ${events.length} as last, pg_notify(${RUN_EVENTS_CHANNEL}, ${runId}) from run`;
	return row?.last ?? 0;
}
