import type { Sql, SqlLike } from "@/db/client";
import { type EngineEvent, sendEngineEvents } from "@/inngest/client";
import type { JsonObject } from "../plan/json";
import type { StepRef } from "./claim-step";
import { toJsonText } from "./json-text";
import { stepKey } from "./state";

/** An engine event that must not be lost: kept until what it announces has been seen to happen. */
export interface OutboxEvent {
	/** Names the announcement: queueing the same one twice is queueing it once. */
	id: string;
	runId: string;
	name: EngineEvent["name"];
	data: JsonObject;
}

export function runRequested(runId: string): OutboxEvent {
	return { id: `requested:${runId}`, runId, name: "weft/run.requested", data: { runId } };
}

/** A decision is announced until the step that waits for it has ended: it may have been made before the wait began. */
export function decisionAnnouncement(runId: string, step: Pick<StepRef, "nodeId" | "iteration">): OutboxEvent {
	const key = stepKey(step.nodeId, step.iteration);
	return { id: `decided:${runId}:${key}`, runId, name: "weft/approval.decided", data: { runId, step: key } };
}

/** Writes an event into the outbox, in the transaction of what it announces. */
export async function queueEngineEvent(sql: SqlLike, event: OutboxEvent): Promise<void> {
	await sql`
		insert into outbox (id, run_id, name, data)
		values (${event.id}, ${event.runId}, ${event.name}, ${toJsonText(event.data)}::text::jsonb)
		on conflict (id) do nothing`;
}

/** Sends an event that has just been written into the outbox as sent once, so that nobody else sends it at the same time. */
export async function sendFresh(sql: Sql, { id, runId, name, data }: OutboxEvent): Promise<void> {
	await sendEngineEvents(sql, [{ id: eventId({ id, runId, name, sends: 1 }), name, data }]);
}

function eventId(event: Pick<OutboxEvent, "id" | "runId" | "name"> & { sends: number }): string {
	return event.name === "weft/run.requested" ? event.runId : `${event.id}:${event.sends}`;
}

/**
 * Sends the outbox's due events, of one run or of all. Each is sent again, later and later, until its row is gone: whoever
 * consumes it deletes the row. A `weft/run.requested` keeps its event id, so the engine starts a run once; the others
 * get a new id each time, because the one before may have arrived when nobody waited for it yet.
 */
export async function sendOutbox(sql: Sql, { runId = null }: { runId?: string | null } = {}): Promise<number> {
	const due = await sql<{ id: string; name: EngineEvent["name"]; data: JsonObject; sends: number; runId: string }[]>`
		update outbox set sends = sends + 1, next_at = now() + make_interval(secs => least(60, power(2, sends)))
		where id in (
			select id from outbox where next_at <= now() and (${runId}::text is null or run_id = ${runId})
			order by next_at limit 200 for update skip locked
		)
		returning id, name, data, sends, run_id as "runId"`;
	if (due.length === 0) return 0;
	// A resumed run that has missed four announcements looks for itself.
	await sql`delete from outbox where name = 'weft/run.resumed' and sends >= 4`;
	await sendEngineEvents(
		sql,
		due.map((event) => ({ id: eventId(event), name: event.name, data: event.data })),
	);
	return due.length;
}
