import type { Sql } from "@/db/client";
import { watchNotifications } from "@/db/listen";
import { WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";
import { oncePerProcess } from "@/server/once-per-process";
import { ACCESS_CHANNEL } from "@/server/teams/announce-access";
import type { Caller } from "@/server/teams/caller";
import { findLostAccess } from "@/server/teams/find-lost-access";

/** Streams that one person may have open: enough for many tabs on many machines. */
export const MAX_STREAMS = 100;
/** Streams of people without an account that come from one address, where many people may work. */
export const MAX_VISITS = 400;
/** How late at most the streams of a person end who has lost their session or membership, when nothing tells of it. */
const RECHECK_MS = 3_000;

const log = logger.child({ part: "watch" });

interface Member {
	sql: Sql;
	/** Who watches, and in which team. */
	watcher: Omit<Caller, "database"> & { team: string };
}

interface OpenStream {
	/** Null for somebody who came by a link, which the stream itself looks after. */
	member: Member | null;
	/** Why the stream has to end. */
	ended: WeftError | undefined;
	/** Called when it has to, and when its watcher may do more or less than before. */
	wake(): void;
}

/** Checked by the stream, and closed by it when it has ended. */
export interface StreamHandle {
	/** The error to throw; undefined while the stream may go on. */
	ended(): WeftError | undefined;
	close(): void;
}

interface OpenStreams {
	ending: boolean;
	streams: Set<OpenStream>;
	/** How many each person has open, or each address. */
	counts: Map<string, number>;
	recheck: NodeJS.Timeout | undefined;
	/** People whose streams are about to be checked. */
	changed: Set<string>;
}

function openStreams(): OpenStreams {
	return oncePerProcess("open-streams", () => ({
		...{ ending: false, streams: new Set(), counts: new Map(), recheck: undefined, changed: new Set() },
	}));
}

/**
 * Registers a stream of a caller in a team, to be ended when they lose their session or their membership, and by
 * `endAllStreams`. Throws `too_many_requests` when they have 100 open.
 * @param wake called when the stream has to end, and when the caller's role in the team may have changed
 */
export function registerStream({ database, actor, session }: Caller, team: string, wake: () => void): StreamHandle {
	const member = { sql: database.sql, watcher: { actor, session, team } };
	return register({ member, ended: undefined, wake }, { key: JSON.stringify(actor), most: MAX_STREAMS });
}

/**
 * Registers a stream of somebody who came by a link from an address, to be ended by `endAllStreams`. Throws
 * `too_many_requests` when 400 come from there.
 * @param wake called when the stream has to end
 */
export function registerVisit(address: string, wake: () => void): StreamHandle {
	return register({ member: null, ended: undefined, wake }, { key: `visits ${address}`, most: MAX_VISITS });
}

function register(stream: OpenStream, { key, most }: { key: string; most: number }): StreamHandle {
	const { counts, streams, ending } = openStreams();
	const open = counts.get(key) ?? 0;
	if (open >= most) {
		throw new WeftError("too_many_requests", "Too many pages are open. Close some, then reload this one.", {
			retryAfterSeconds: 60,
		});
	}
	counts.set(key, open + 1);
	if (ending) end(stream, restarting());
	streams.add(stream);
	recheckSoon();
	const unwatch = watchAccess(stream.member);
	return {
		ended: () => stream.ended,
		close() {
			if (!streams.delete(stream)) return;
			unwatch();
			const left = (counts.get(key) ?? 1) - 1;
			if (left > 0) counts.set(key, left);
			else counts.delete(key);
		},
	};
}

function end(stream: OpenStream, reason: WeftError): void {
	stream.ended ??= reason;
	stream.wake();
}

/** Has the streams of a person checked at once when their access has changed. */
function watchAccess(member: Member | null): () => void {
	const userId = userIdOf(member);
	if (member === null || userId === undefined) return () => {};
	return watchNotifications(member.sql, { channel: ACCESS_CHANNEL, ids: [userId] }, () => {
		const { changed } = openStreams();
		if (changed.size === 0) queueMicrotask(recheckChanged);
		changed.add(userId);
	});
}

function userIdOf(member: Member | null): string | undefined {
	return member?.watcher.actor.kind === "user" ? member.watcher.actor.id : undefined;
}

/** After the connection was lost everybody may have changed: one query for all. */
async function recheckChanged(): Promise<void> {
	const { changed, streams } = openStreams();
	const own = [...streams].filter(({ member }) => changed.has(userIdOf(member) ?? ""));
	changed.clear();
	await endLost(own).catch((error: unknown) => log.warn({ err: error }, "Cannot ask who may still watch"));
	for (const stream of own) stream.wake();
}

/** One timer for all streams, while there are any. */
function recheckSoon(): void {
	const open = openStreams();
	if (open.recheck !== undefined || open.streams.size === 0) return;
	open.recheck = setTimeout(async () => {
		await recheckStreams().catch((error: unknown) => log.warn({ err: error }, "Cannot ask who may still watch"));
		open.recheck = undefined;
		recheckSoon();
	}, RECHECK_MS).unref();
}

/** Ends the streams of those who have lost their session or their place in the team: one query, however many are open. */
export async function recheckStreams(): Promise<void> {
	await endLost([...openStreams().streams]);
}

async function endLost(open: readonly OpenStream[]): Promise<void> {
	const streams = open.flatMap((stream) => (stream.member ? [{ stream, ...stream.member }] : []));
	for (const sql of new Set(streams.map((stream) => stream.sql))) {
		const own = streams.filter((stream) => stream.sql === sql);
		const lost = await findLostAccess(
			sql,
			own.map(({ watcher }) => watcher),
		);
		for (const { stream, watcher } of own) {
			const reason = lost.get(watcher);
			if (reason) end(stream, reason);
		}
	}
}

/**
 * Ends every open stream with an error that tells clients to connect again. For shutdown: a server does not exit
 * while a stream is open, and a stream that ends without an error is never asked for again.
 */
export function endAllStreams(): void {
	const open = openStreams();
	open.ending = true;
	for (const stream of open.streams) end(stream, restarting());
}

function restarting(): WeftError {
	return new WeftError("unavailable", "The server is restarting. Connecting again.");
}
