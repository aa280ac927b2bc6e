import { logger } from "@/server/observability/logger";
import { oncePerProcess } from "@/server/once-per-process";
import { RUN_EVENTS_CHANNEL } from "../server/runs/store/append-events";
import type { Sql } from "./client";

const log = logger.child({ part: "watch" });

type Wake = (id: string) => void;

interface Feed {
	wakes: Map<string, Set<Wake>>;
}

/** Calls `wake` whenever one of the runs may have new events, until the returned function is called. */
export function watchRunEvents(sql: Sql, runIds: readonly string[], wake: Wake): () => void {
	return watchNotifications(sql, { channel: RUN_EVENTS_CHANNEL, ids: runIds }, wake);
}

/**
 * Calls `wake` whenever a channel names one of the ids, until the returned function is called. One connection listens
 * for the whole process. A notification can be lost (a database that restarts), so watchers also poll.
 */
export function watchNotifications(
	sql: Sql,
	{ channel, ids }: { channel: string; ids: readonly string[] },
	wake: Wake,
): () => void {
	const { wakes } = openFeed(sql, channel);
	for (const id of ids) {
		const others = wakes.get(id) ?? new Set();
		wakes.set(id, others.add(wake));
	}
	return () => {
		for (const id of ids) {
			const others = wakes.get(id);
			others?.delete(wake);
			if (others?.size === 0) wakes.delete(id);
		}
	};
}

function openFeed(sql: Sql, channel: string): Feed {
	const feeds = oncePerProcess("notice-feeds", () => new WeakMap<Sql, Map<string, Feed>>());
	const channels = feeds.get(sql) ?? new Map<string, Feed>();
	feeds.set(sql, channels);
	const open = channels.get(channel);
	if (open) return open;
	const feed: Feed = { wakes: new Map() };
	channels.set(channel, feed);
	listenToChannel(sql, channel, feed);
	return feed;
}

/** The driver reconnects by itself; after each connection all watchers check for missed notifications. */
function listenToChannel(sql: Sql, channel: string, { wakes }: Feed): void {
	const wakeOne = (id: string) => {
		for (const wake of wakes.get(id) ?? []) wake(id);
	};
	const wakeAll = () => {
		for (const id of [...wakes.keys()]) wakeOne(id);
	};
	sql.listen(channel, wakeOne, wakeAll).catch((error: unknown) => {
		log.warn({ err: error, channel }, "Cannot listen for notices; polling until the database is back");
	});
}
