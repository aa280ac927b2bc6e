import { setTimeout } from "node:timers/promises";
import type { Sql } from "./client";

/** Under load notifications go together in so long a rhythm; the first one at once. */
const GATHER_MS = 3;

/** Notifications of one pool that wait for the one that is under way. */
interface Mailbox {
	pending: Map<string, { channel: string; payload: string }>;
	sending: boolean;
}

const mailboxes = new WeakMap<Sql, Mailbox>();

/**
 * Sends a notification soon, together with others, and once if it is asked for several times meanwhile. Call it after what
 * it is about has been committed. PostgreSQL lets one transaction at a time commit with a notification in it: inside the
 * transactions of runs that would hold each of them up for the disk writes of all the others.
 *
 * A notification may be lost with its connection: listeners look for themselves every now and then.
 */
export function notifySoon(sql: Sql, channel: string, payload: string): void {
	const mailbox = mailboxes.get(sql) ?? { pending: new Map(), sending: false };
	mailboxes.set(sql, mailbox);
	mailbox.pending.set(`${channel} ${payload}`, { channel, payload });
	if (!mailbox.sending) void sendPending(sql, mailbox);
}

async function sendPending(sql: Sql, mailbox: Mailbox): Promise<void> {
	mailbox.sending = true;
	// What is announced in the same turn goes along.
	await Promise.resolve();
	while (mailbox.pending.size > 0) {
		const batch = [...mailbox.pending.values()];
		mailbox.pending.clear();
		const channels = batch.map((note) => note.channel);
		const payloads = batch.map((note) => note.payload);
		// A notification that a power cut takes away has no listener left: its commit waits for no disk. Without a connection
		// there is nobody to tell.
		await sql`
			select pg_notify(channel, payload), set_config('synchronous_commit', 'off', true)
			from unnest(${channels}::text[], ${payloads}::text[]) as note (channel, payload)`.catch(() => undefined);
		if (mailbox.pending.size > 0) await setTimeout(GATHER_MS);
	}
	mailbox.sending = false;
}
