import { eq } from "drizzle-orm";
import type { DbLike, Sql } from "@/db/client";
import { endedSessions } from "@/db/schema/teams";

/** How long a session lasts that is not used. */
export const SESSION_DAYS = 30;

/** Ends a session for good: copies of its cookie are refused. */
export async function endSession(db: DbLike, session: unknown): Promise<void> {
	if (typeof session === "string") await db.insert(endedSessions).values({ id: session }).onConflictDoNothing();
}

/** Whether the session of a token was signed out of; one without a name could not be, and counts as ended. */
export async function hasSessionEnded(db: DbLike, session: unknown): Promise<boolean> {
	if (typeof session !== "string") return true;
	return (await db.$count(endedSessions, eq(endedSessions.id, session))) > 0;
}

/** Forgets the sessions of which every token has expired by now. */
export async function forgetEndedSessions(sql: Sql): Promise<void> {
	await sql`delete from ended_sessions where ended_at < now() - make_interval(days => ${SESSION_DAYS + 1})`;
}
