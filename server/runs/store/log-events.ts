import type { SqlLike } from "@/db/client";
import type { NewRunEvent } from "../events";
import { toJsonText } from "./json-text";

/**
 * Part of a statement that appends to the log of a run, or of several. The statement must hold the row lock, have a CTE
 * `run` (`id`, and `last_seq` as it was before), a CTE `events` (`nth`, `type`, `node_id`, `iteration`, `data`: the events
 * of each run, in the order of `nth`), and add their count to `runs.last_seq`. `seq` stays dense.
 */
export function logged(sql: SqlLike) {
	return sql`logged as (
		insert into run_events (run_id, seq, type, node_id, iteration, data)
		select run.id, run.last_seq + row_number() over (partition by run.id order by e.nth), e.type, e.node_id, e.iteration, e.data
		from run, events e
	)`;
}

/** `logged`, and the part that counts the events, for a statement that changes nothing else of its run. */
export function loggedAndCounted(sql: SqlLike, runId: string) {
	return sql`counted as (
		update runs set last_seq = last_seq + (select count(*) from events)
		where id = ${runId} and exists (select from events)
	), ${logged(sql)}`;
}

/** Events as the rows that `logged` reads. */
export function rowsOf(sql: SqlLike, events: readonly NewRunEvent[]) {
	const records = events.map(({ type, nodeId, iteration, data }) => ({ type, node_id: nodeId, iteration, data }));
	return sql`(
		select nth, type, node_id, coalesce(iteration, '') as iteration, data
		from rows from (jsonb_to_recordset(${toJsonText(records)}::text::jsonb)
			as (type text, node_id text, iteration text, data jsonb)) with ordinality as e (type, node_id, iteration, data, nth))`;
}
