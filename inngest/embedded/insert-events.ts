import type { Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";

/** An event as the SDK sends it. `id` is an idempotency key; a `ts` (ms) in the future delays the runs it starts. */
export interface NewEngineEvent {
	id?: string;
	name: string;
	data?: unknown;
	ts?: number;
	user?: unknown;
	v?: string;
	meta?: unknown;
}

/** The channel that notifies the engine of new events. */
export const EVENTS_CHANNEL = "weft_engine_events";

/**
 * Hands events to the embedded engine, from any process. An event
 * whose id was seen in the last 24 hours is dropped.
 *
 * @returns the events' ids, in the order given
 */
export async function insertEngineEvents(sql: Sql, events: readonly NewEngineEvent[]): Promise<string[]> {
	const now = Date.now();
	const complete = events.map((event) => ({
		...event,
		id: event.id || newId(),
		data: event.data ?? {},
		user: event.user ?? {},
		ts: event.ts ?? now,
	}));
	const ids = complete.map((event) => event.id);
	const payloads = complete.map((event) => JSON.stringify(event));
	await sql`
		insert into engine.events (id, payload)
		select id, payload from unnest(${ids}::text[], ${payloads}::text[]) with ordinality as new (id, payload, nth)
		order by nth
		on conflict (id) do nothing`;
	notifySoon(sql, EVENTS_CHANNEL, "");
	return ids;
}
