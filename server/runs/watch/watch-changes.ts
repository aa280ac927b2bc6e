import { watchNotifications } from "@/db/listen";
import type { Caller } from "@/server/teams/caller";
import { connectWatcher, type WatchOptions } from "./connect-watcher";
import { registerStream } from "./open-streams";
import { Wakeup } from "./wakeup";

interface Watched<Value> {
	/** Null where none matters. */
	team: string | null;
	/** The channel on which changes are announced, and by which ids. */
	channel: string;
	ids: readonly string[];
	/** Undefined while there is nothing to tell. */
	read(): Promise<Value | undefined>;
}

/**
 * Yields what is read: at once, then whenever it has changed. Throws `unauthenticated` when the watcher's session has ended,
 * `not_found` once they are no member (any more), `unavailable` when the server shuts down.
 */
export async function* watchChanges<Value>(
	caller: Caller,
	{ team, channel, ids, read }: Watched<Value>,
	{ signal, pollMs }: Required<WatchOptions>,
): AsyncGenerator<Value, void> {
	const wakeup = new Wakeup();
	const wake = () => wakeup.trigger();
	const stream = registerStream(caller, team, wake);
	const unsubscribe = watchNotifications(caller.database.sql, { channel, ids }, wake);
	const watcher = connectWatcher({ stream, unsubscribe, signal, wake });
	let known: string | undefined;
	try {
		while (!signal.aborted) {
			const reason = watcher.ended();
			if (reason) throw reason;
			const value = await read();
			const text = JSON.stringify(value);
			if (value !== undefined && text !== known) yield value;
			known = text;
			await wakeup.wait(pollMs);
		}
	} finally {
		watcher.close();
	}
}
