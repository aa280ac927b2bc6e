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
/** Streams by links that one web server holds: of one address, where many people may work, of one link, and of all. */
export const MAX_VISITS = { address: 250, link: 300, all: 600 } as const;
/** When somebody for whom there was no room may look again. */
const CROWD_SECONDS = 10;
/** How late at most the streams of a person end who has lost their session or membership, when nothing tells of it. */
const RECHECK_MS = 3_000;

const log = logger.child({ part: "watch" });

interface Member {
	sql: Sql;
	/** Who watches, and in which team; null where none matters. */
	watcher: Omit<Caller, "database"> & { team: string | null };
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
	/** How many each person has open, each address, each link, and all links. */
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
 * Registers a stream of a caller, to be ended when they lose their session or their membership of the team, and by
 * `endAllStreams`. Throws `too_many_requests` when they have 100 open.
 * @param wake called when the stream has to end, and when the caller's role in the team may have changed
 */
export function registerStream(
	{ database, actor, session }: Caller,
	team: string | null,
	wake: () => void,
): StreamHandle {
	const member = { sql: database.sql, watcher: { actor, session, team } };
	return register({ member, ended: undefined, wake }, [
		{ key: JSON.stringify(actor), most: MAX_STREAMS, refuse: tooManyPages },
	]);
}

interface Visit {
	/** Where somebody comes from. */
	address: string;
	/** The token of the link. */
	token: string;
}

/**
 * Registers a stream of somebody who came by a link, to be ended by `endAllStreams`. Throws as `requireRoom` does.
 * @param wake called when the stream has to end
 */
export function registerVisit(visit: Visit, wake: () => void): StreamHandle {
	return register({ member: null, ended: undefined, wake }, limitsOf(visit));
}

/**
 * Throws `too_many_requests` when so many streams come from an address that no more are held, and `unavailable` when a link,
 * or all together, have as many as this web server holds.
 */
export function requireRoom(visit: Visit): void {
	refuseOver(limitsOf(visit));
}

interface StreamLimit {
	key: string;
	most: number;
	refuse: () => WeftError;
}

function limitsOf({ address, token }: Visit): StreamLimit[] {
	return [
		{ key: `visits ${address}`, most: MAX_VISITS.address, refuse: tooManyPages },
		{ key: `link ${token}`, most: MAX_VISITS.link, refuse: crowded },
		{ key: "links", most: MAX_VISITS.all, refuse: crowded },
	];
}

function tooManyPages(): WeftError {
	return new WeftError("too_many_requests", "Too many pages are open. Close some, then reload this one.", {
		retryAfterSeconds: 60,
	});
}

function crowded(): WeftError {
	return new WeftError("unavailable", "Many people are watching. Look again in a few seconds.", {
		retryAfterSeconds: CROWD_SECONDS,
	});
}

function refuseOver(limits: readonly StreamLimit[]): void {
	const { counts } = openStreams();
	const over = limits.find(({ key, most }) => (counts.get(key) ?? 0) >= most);
	if (over) throw over.refuse();
}

function register(stream: OpenStream, limits: readonly StreamLimit[]): StreamHandle {
	refuseOver(limits);
	const { counts, streams, ending } = openStreams();
	for (const { key } of limits) counts.set(key, (counts.get(key) ?? 0) + 1);
	if (ending) end(stream, restarting());
	streams.add(stream);
	recheckSoon();
	const unwatch = watchAccess(stream.member);
	return {
		ended: () => stream.ended,
		close() {
			if (!streams.delete(stream)) return;
			unwatch();
			for (const { key } of limits) {
				const left = (counts.get(key) ?? 1) - 1;
				if (left > 0) counts.set(key, left);
				else counts.delete(key);
			}
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
