import { setTimeout } from "node:timers/promises";
import type { Sql } from "./client";

/** Under load notifications are sent in batches at this interval; the first one at once. */
const BATCH_MS = 3;

/** Notifications of one pool that wait for the batch in flight. */
interface PendingNotifications {
	pending: Map<string, { channel: string; payload: string }>;
	sending: boolean;
}

const pendingByPool = new WeakMap<Sql, PendingNotifications>();

/**
 * Sends a notification soon, together with others, and once if it is asked for several times meanwhile. Call it after what
 * it is about has been committed. PostgreSQL lets one transaction at a time commit with a notification in it: inside the
 * transactions of runs that would hold each of them up for the disk writes of all the others.
 *
 * A notification may be lost with its connection: listeners look for themselves every now and then.
 */
export function notifySoon(sql: Sql, channel: string, payload: string): void {
	const waiting = pendingByPool.get(sql) ?? { pending: new Map(), sending: false };
	pendingByPool.set(sql, waiting);
	waiting.pending.set(`${channel} ${payload}`, { channel, payload });
	if (!waiting.sending) void sendPending(sql, waiting);
}

async function sendPending(sql: Sql, waiting: PendingNotifications): Promise<void> {
	waiting.sending = true;
	// Notifications of the same tick join the batch.
	await Promise.resolve();
	while (waiting.pending.size > 0) {
		const batch = [...waiting.pending.values()];
		waiting.pending.clear();
		const channels = batch.map((note) => note.channel);
		const payloads = batch.map((note) => note.payload);
		// A notification that a power cut takes away has no listener left: its commit waits for no disk. Without a connection
		// there is nobody to tell.
		await sql`
			select pg_notify(channel, payload), set_config('synchronous_commit', 'off', true)
			from unnest(${channels}::text[], ${payloads}::text[]) as note (channel, payload)`.catch(() => undefined);
		if (waiting.pending.size > 0) await setTimeout(BATCH_MS);
	}
	waiting.sending = false;
}
