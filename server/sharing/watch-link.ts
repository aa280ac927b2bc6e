import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { MAX_INTEGER } from "@/db/integer";
import { shareLinks } from "@/db/schema/sharing";
import type { RunEvent } from "@/server/runs/events";
import { connectWatcher, type WatchOptions } from "@/server/runs/watch/connect-watcher";
import { registerVisit } from "@/server/runs/watch/open-streams";
import { Wakeup } from "@/server/runs/watch/wakeup";
import { type FeedSeat, type FeedSource, joinLinkFeed } from "./link-feed";
import { openLink, type Visitor } from "./open-link";
import { readSharedPage } from "./read-shared-page";
import { readRunFilter } from "./run-filter";
import { SHARED_RUN_ID } from "./share-run";
import { shownVersion } from "./shared-version";
import { linkInput } from "./visit-run";

const POLL_MS = 2_000;
/** Those who find no room at a stream read this way, each so often. */
const AGAIN_MS = 10_000;

/** The `seq` of a run's event, or a workflow's version. */
const placeSchema = z.int().min(0).max(MAX_INTEGER);

export const readNewsInput = linkInput.extend({
	/** The last that arrived; 0 at first. */
	after: placeSchema.default(0),
});

export const watchLinkInput = readNewsInput.extend({
	/** The last that arrived: sent by a client that connects again. */
	lastEventId: z
		.string()
		.regex(/^\d{1,10}$/)
		.refine((id) => Number(id) <= MAX_INTEGER)
		.nullish(),
});

/** Its events are everybody's who watches by the link: nobody changes them. */
interface LinkNews {
	runId: string;
	/** Of a run, in order and without a gap; a workflow has none. */
	events: RunEvent[];
	/** Of a workflow, what is shown by now; null for a run. */
	version: number | null;
	/** What that workflow is called by now. */
	name: string | null;
}

/** Where somebody is who has read this far. */
export function placeOf({ events, version }: LinkNews): number {
	return version ?? events.at(-1)?.seq ?? 0;
}

/**
 * Yields what is new of a link, as far as it shows it: the events of its run as they are recorded, or the version and
 * the name of its workflow as they change. It stays open when there is nothing more to come, so that whoever looks learns at once when the
 * link is revoked: then it throws `not_found`, as soon as it is over `not_found` too, and `unavailable` when the server shuts
 * down.
 */
export async function* watchLink(
	visitor: Visitor,
	{ token, after, lastEventId }: z.infer<typeof watchLinkInput>,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<LinkNews, void> {
	const source = { ...(await enterLink(visitor, token)), pollMs };
	let seen = Math.max(after, Number(lastEventId ?? 0));
	/** Whoever connects again knows it. */
	let name = seen > 0 ? source.name : null;
	if (seen === 0) await countView(visitor, source.linkId);
	const wakeup = new Wakeup();
	const wake = () => wakeup.trigger();
	const stream = registerVisit({ address: visitor.address, token }, wake);
	const seat = joinLinkFeed(source, wake);
	const watcher = connectWatcher({ stream, unsubscribe: seat.leave, signal, wake });
	try {
		while (!signal.aborted) {
			const reason = watcher.ended();
			if (reason) throw reason;
			const news = await readFromFeed(source, { seat, seen, name });
			if (news) {
				seen = placeOf(news);
				name = news.name;
				yield news;
			} else await wakeup.wait(pollMs);
		}
	} finally {
		watcher.close();
	}
}

/** The same read once: as many events as are read at once, and whether there may be more. */
export async function readNews(visitor: Visitor, { token, after }: z.infer<typeof readNewsInput>) {
	const { database, linkId, run, version = null, name } = await enterLink(visitor, token);
	if (after === 0) await countView(visitor, linkId);
	const events = run ? await readSharedPage(database.sql, { runId: run.id, filter: run.filter, after }) : [];
	const againMs = Math.round(AGAIN_MS * (0.8 + 0.4 * Math.random()));
	return { ...{ runId: SHARED_RUN_ID, events, version, name: run ? null : name }, more: events.length > 0, againMs };
}

/** Whoever begins to read looks at it: what only fetches its page, such as a preview in a message, does not. */
async function countView({ database: { db } }: Visitor, id: string): Promise<void> {
	await db
		.update(shareLinks)
		.set({ views: sql`${shareLinks.views} + 1`, viewedAt: new Date() })
		.where(eq(shareLinks.id, id));
}

async function enterLink(visitor: Visitor, token: string) {
	const link = await openLink(visitor, token);
	const { database } = visitor;
	const { id: linkId, runId, workflow, shows } = link;
	const run = runId === null ? null : { id: runId, filter: await readRunFilter(database.db, runId, shows) };
	return { database, linkId, workflowId: workflow.id, name: workflow.name, run, version: shownVersion(link) };
}

/** Undefined when there is nothing new. */
async function readFromFeed(
	{ database, run }: FeedSource,
	{ seat, seen, name }: { seat: FeedSeat; seen: number; name: string | null },
): Promise<LinkNews | undefined> {
	if (run === null) {
		const shown = seat.shown();
		const isKnown = shown === undefined || (shown.version === seen && shown.name === name);
		return isKnown ? undefined : { runId: SHARED_RUN_ID, events: [], ...shown };
	}
	const events =
		seat.after(seen) ?? (await readSharedPage(database.sql, { runId: run.id, filter: run.filter, after: seen }));
	return events.length === 0 ? undefined : { runId: SHARED_RUN_ID, events, version: null, name: null };
}
