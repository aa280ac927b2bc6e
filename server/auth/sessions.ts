import { and, eq, ne, type SQL } from "drizzle-orm";
import type { DbLike, Sql } from "@/db/client";
import { sessions } from "@/db/schema/teams";
import { announceAccess } from "@/server/teams/announce-access";
import { hashToken, newToken } from "./secret-token";

/** A session that is not used for so long has ended. */
export const SESSION_DAYS = 30;
const MAX_USER_AGENT = 400;

/** Where a session begins. */
export interface SessionOrigin {
	address: string;
	userAgent: string;
	/** The token of the session that this browser had before, which ends: a browser has one. */
	before?: string | undefined;
}

/** A new session of a person. Only its cookie will ever hold the token. */
export async function beginSession(
	db: DbLike,
	userId: string,
	{ address, userAgent, before }: SessionOrigin,
): Promise<{ id: string; token: string }> {
	const token = newToken();
	const id = hashToken(token);
	await db.insert(sessions).values({ id, userId, address, userAgent: userAgent.slice(0, MAX_USER_AGENT) });
	if (before !== undefined) await endSession(db, hashToken(before));
	return { id, token };
}

/**
 * Ends a session for good: copies of its cookie are refused, and its streams end at once. Returns how many that were: none
 * where it had ended, or is not of this person.
 */
export async function endSession(db: DbLike, id: string, userId?: string): Promise<number> {
	return await endWhere(db, and(eq(sessions.id, id), userId === undefined ? undefined : eq(sessions.userId, userId)));
}

/** Ends all sessions of a person but the one kept, if any. Returns how many there were. */
export async function endSessions(db: DbLike, userId: string, keep?: string): Promise<number> {
	const own = eq(sessions.userId, userId);
	return await endWhere(db, keep === undefined ? own : and(own, ne(sessions.id, keep)));
}

async function endWhere(db: DbLike, which: SQL | undefined): Promise<number> {
	const ended = await db.delete(sessions).where(which).returning({ userId: sessions.userId });
	for (const userId of new Set(ended.map((session) => session.userId))) await announceAccess(db, userId);
	return ended.length;
}

/** Clears away the sessions that were not used for too long. */
export async function forgetSessions(sql: Sql): Promise<void> {
	await sql`delete from sessions where last_seen_at < now() - make_interval(days => ${SESSION_DAYS})`;
}
