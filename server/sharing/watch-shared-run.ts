import { eq, sql as raw } from "drizzle-orm";
import { z } from "zod";
import { MAX_INTEGER } from "@/db/integer";
import { watchNotifications, watchRunEvents } from "@/db/listen";
import { shareLinks } from "@/db/schema/sharing";
import { onceEvery } from "@/server/runs/watch/once-every";
import { registerVisit } from "@/server/runs/watch/open-streams";
import { type EventBatch, RunCursors } from "@/server/runs/watch/run-cursors";
import { Wakeup } from "@/server/runs/watch/wakeup";
import type { WatchOptions } from "@/server/runs/watch/watch-runs";
import { requireLinkStillLive, type Visitor } from "./open-link";
import { shareEvent } from "./share-event";
import { SHARE_LINKS_CHANNEL } from "./share-links-channel";
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

/**
 * Yields the events of a link's run as far as it shows them, in order and without a gap, and goes on as they are recorded.
 * It stays open when the run has ended, so that whoever looks learns at once when the link is revoked: then it throws
 * `not_found`, as soon as it is over `not_found` too, and `unavailable` when the server shuts down.
 */
export async function* watchSharedRun(
	visitor: Visitor,
	{ token, after, lastEventId }: WatchSharedRun,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<EventBatch, void> {
	const { link, filter, runId } = await enterRun(visitor, token);
	if (after === 0 && !lastEventId) await countView(visitor, link.id);
	const seen = Math.max(after, Number(lastEventId ?? 0));
	const cursors = new RunCursors(visitor.database.sql, new Map([[runId, seen]]));
	const line = connect(visitor, { cursors, linkId: link.id, runId, signal });
	const isPollDue = onceEvery(pollMs, { startsDue: true });
	try {
		while (!signal.aborted) {
			const reason = line.ended();
			if (reason) throw reason;
			const polls = isPollDue();
			if (polls || line.isDoubted()) await requireLinkStillLive(visitor.database.db, link.id);
			for await (const { events } of cursors.read()) {
				yield { runId: SHARED_RUN_ID, events: events.map((event) => shareEvent(event, filter)) };
			}
			if (polls) await cursors.lookAround();
			await line.wait(pollMs);
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

interface Connected {
	cursors: RunCursors;
	linkId: string;
	runId: string;
	signal: AbortSignal;
}

/** Connects everything that wakes the visitor: new events, a change of the link, their leaving, the server's shutdown. */
function connect({ database: { sql }, address }: Visitor, { cursors, linkId, runId, signal }: Connected) {
	const idle = new Wakeup();
	let doubted = false;
	const interrupt = () => {
		cursors.interrupt();
		idle.trigger();
	};
	const doubt = () => {
		doubted = true;
		interrupt();
	};
	const stream = registerVisit(address, interrupt);
	const unwatchRun = watchRunEvents(sql, [runId], cursors.wake);
	const unwatchLink = watchNotifications(sql, { channel: SHARE_LINKS_CHANNEL, ids: [linkId] }, doubt);
	signal.addEventListener("abort", interrupt);
	return {
		ended: stream.ended,
		isDoubted() {
			const was = doubted;
			doubted = false;
			return was;
		},
		/** A run that was delivered whole has no more cursors to wait for. */
		wait: (timeoutMs: number) => (cursors.runIds.length > 0 ? cursors.wait(timeoutMs) : idle.wait(timeoutMs)),
		close() {
			unwatchRun();
			unwatchLink();
			stream.close();
			signal.removeEventListener("abort", interrupt);
		},
	};
}
