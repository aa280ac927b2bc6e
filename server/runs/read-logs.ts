import { z } from "zod";
import type { Sql } from "@/db/client";
import { MOST_INTEGER, rowNumberSchema } from "@/db/integer";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { type EventRow, toRunEvent } from "./event-row";
import type { RunEvent } from "./events";
import { requireRun, stepRefInput } from "./run-ref";

export const readLogsInput = stepRefInput.extend({
	/** Reads on: the events after this `seq`. */
	after: z.int().min(0).max(MOST_INTEGER).optional(),
	/** Reads back: the last events before this `seq`. With neither, the end of the log. */
	before: rowNumberSchema.optional(),
	limit: z.int().min(1).max(1_000).default(200),
});
type ReadLogs = z.infer<typeof readLogsInput>;
export type LogEvent = Extract<RunEvent, { type: "step.log" | "step.token" }>;

/** A page of a step's log lines and tokens, oldest first; `more` says whether there is more in the same direction. */
export async function readLogs({ database: { db, sql }, actor }: Caller, input: ReadLogs) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	const rows = input.after === undefined ? await readBack(sql, input) : await readOn(sql, input, input.after);
	const events = rows.slice(0, input.limit).map(toRunEvent).filter(isLogEvent);
	return {
		events: input.after === undefined ? events.reverse() : events,
		more: rows.length > input.limit,
	};
}

function readOn(sql: Sql, { runId, nodeId, iteration, limit }: ReadLogs, after: number) {
	return sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration} and seq > ${after}
			and type in ('step.log', 'step.token')
		order by seq limit ${limit + 1}`;
}

function readBack(sql: Sql, { runId, nodeId, iteration, before, limit }: ReadLogs) {
	return sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}
			and seq < ${before ?? 2_147_483_647} and type in ('step.log', 'step.token')
		order by seq desc limit ${limit + 1}`;
}

function isLogEvent(event: RunEvent): event is LogEvent {
	return event.type === "step.log" || event.type === "step.token";
}
