import type { Sql } from "./client";

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
		// Without a connection there is nobody to tell.
		await sql`
			select pg_notify(channel, payload)
			from unnest(${channels}::text[], ${payloads}::text[]) as note (channel, payload)`.catch(() => undefined);
	}
	mailbox.sending = false;
}
