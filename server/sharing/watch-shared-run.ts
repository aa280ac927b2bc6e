import { eq, sql as raw } from "drizzle-orm";
import { z } from "zod";
import { MAX_INTEGER } from "@/db/integer";
import { shareLinks } from "@/db/schema/sharing";
import type { RunEvent } from "@/server/runs/events";
import { registerVisit } from "@/server/runs/watch/open-streams";
import { Wakeup } from "@/server/runs/watch/wakeup";
import type { WatchOptions } from "@/server/runs/watch/watch-runs";
import { joinLinkFeed } from "./link-feed";
import type { Visitor } from "./open-link";
import { readSharedPage } from "./read-shared-page";
import { SHARED_RUN_ID } from "./share-run";
import { enterRun, linkInput } from "./visit-run";

const POLL_MS = 2_000;

export const watchSharedRunInput = linkInput.extend({
	after: z.int().min(0).max(MAX_INTEGER).default(0),
	/** The `seq` of the last event that arrived: sent by a client that connects again. */
	lastEventId: z
		.string()
		.regex(/^\d{1,10}$/)
		.refine((id) => Number(id) <= MAX_INTEGER)
		.nullish(),
});
type WatchSharedRun = z.infer<typeof watchSharedRunInput>;

/** Its events are everybody's who watches by the link: nobody changes them. */
interface SharedBatch {
	runId: string;
	events: RunEvent[];
}

/**
 * Yields the events of a link's run as far as it shows them, in order and without a gap, and goes on as they are recorded.
 * It stays open when the run has ended, so that whoever looks learns at once when the link is revoked: then it throws
 * `not_found`, as soon as it is over `not_found` too, and `unavailable` when the server shuts down.
 */
export async function* watchSharedRun(
	visitor: Visitor,
	{ token, after, lastEventId }: WatchSharedRun,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<SharedBatch, void> {
	const { link, filter, runId } = await enterRun(visitor, token);
	if (after === 0 && !lastEventId) await countView(visitor, link.id);
	const { database, address } = visitor;
	const line = connect({ database, linkId: link.id, runId, filter, pollMs }, { address, signal });
	let seen = Math.max(after, Number(lastEventId ?? 0));
	try {
		while (!signal.aborted) {
			const reason = line.ended();
			if (reason) throw reason;
			const events = line.after(seen) ?? (await readSharedPage(database.sql, { runId, filter, after: seen }));
			const last = events.at(-1);
			if (last === undefined) await line.wait(pollMs);
			else {
				seen = last.seq;
				yield { runId: SHARED_RUN_ID, events };
			}
		}
	} finally {
		line.close();
	}
}

async function countView({ database: { db } }: Visitor, id: string): Promise<void> {
	await db
		.update(shareLinks)
		.set({ views: raw`${shareLinks.views} + 1`, viewedAt: new Date() })
		.where(eq(shareLinks.id, id));
}

interface Watcher {
	address: string;
	signal: AbortSignal;
}

/** Connects everything that wakes the visitor: the link's feed, their leaving, the server's shutdown. */
function connect(source: Parameters<typeof joinLinkFeed>[0], { address, signal }: Watcher) {
	const idle = new Wakeup();
	const wake = () => idle.trigger();
	const stream = registerVisit(address, wake);
	const seat = joinLinkFeed(source, wake);
	signal.addEventListener("abort", wake);
	return {
		ended: stream.ended,
		after: seat.after,
		wait: (timeoutMs: number) => idle.wait(timeoutMs),
		close() {
			seat.leave();
			stream.close();
			signal.removeEventListener("abort", wake);
		},
	};
}
