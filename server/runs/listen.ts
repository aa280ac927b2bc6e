import type { Sql } from "@/db/client";
import { logger } from "@/server/observability/logger";
import { oncePerProcess } from "@/server/once-per-process";
import { RUN_EVENTS_CHANNEL } from "./append-events";

const log = logger.child({ part: "watch" });

type Wake = (runId: string) => void;

interface RunFeed {
	wakes: Map<string, Set<Wake>>;
}

/**
 * Calls `wake` whenever one of the runs may have new events, until the returned function is called. One connection
 * listens for the whole process. A notification can be lost (a database that restarts), so watchers also poll.
 */
export function watchRunEvents(sql: Sql, runIds: readonly string[], wake: Wake): () => void {
	const { wakes } = openFeed(sql);
	for (const runId of runIds) {
		const others = wakes.get(runId) ?? new Set();
		wakes.set(runId, others.add(wake));
	}
	return () => {
		for (const runId of runIds) {
			const others = wakes.get(runId);
			others?.delete(wake);
			if (others?.size === 0) wakes.delete(runId);
		}
	};
}

function openFeed(sql: Sql): RunFeed {
	const feeds = oncePerProcess("run-feeds", () => new WeakMap<Sql, RunFeed>());
	const open = feeds.get(sql);
	if (open) return open;
	const feed: RunFeed = { wakes: new Map() };
	feeds.set(sql, feed);
	listenFor(sql, feed);
	return feed;
}

/** The driver connects and listens again by itself; each time, everybody looks for what was missed meanwhile. */
function listenFor(sql: Sql, { wakes }: RunFeed): void {
	const wakeRun = (runId: string) => {
		for (const wake of wakes.get(runId) ?? []) wake(runId);
	};
	const wakeAll = () => {
		for (const runId of [...wakes.keys()]) wakeRun(runId);
	};
	sql.listen(RUN_EVENTS_CHANNEL, wakeRun, wakeAll).catch((error: unknown) => {
		log.warn({ err: error }, "Cannot listen for run events; polling until the database is back");
	});
}
