import { and, eq, gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema/teams";
import { hashToken } from "./secret-token";
import { SESSION_DAYS } from "./sessions";
import type { Viewer } from "./viewer";

/** How exactly it is kept when a session was used last. */
const SEEN_EVERY_MS = 5 * 60_000;

/** Whose session this token is of; null when it is none, or has ended. One statement by the key, on every request. */
export async function findViewer(
	{ db }: Pick<Database, "db">,
	{ token, address }: { token: string; address: string },
): Promise<Viewer | null> {
	const id = hashToken(token);
	const [found] = await db
		.select({ userId: users.id, name: users.name, email: users.email, seenAt: sessions.lastSeenAt })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.userId))
		.where(and(eq(sessions.id, id), gt(sessions.lastSeenAt, sql`now() - make_interval(days => ${SESSION_DAYS})`)));
	if (!found) return null;
	if (Date.now() - found.seenAt.getTime() > SEEN_EVERY_MS)
		await db.update(sessions).set({ lastSeenAt: sql`now()`, address }).where(eq(sessions.id, id));
	return { userId: found.userId, name: found.name ?? found.email, email: found.email, session: { id } };
}
