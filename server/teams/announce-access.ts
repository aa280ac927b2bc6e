import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";

/** The channel on which open streams hear that somebody may see or do less, or more; the payload is the person's id. */
export const ACCESS_CHANNEL = "weft_access";

/** Has the streams of a person checked as soon as the transaction is committed, on every web server. */
export async function announceAccess(db: DbLike, userId: string): Promise<void> {
	await db.execute(sql`select pg_notify(${ACCESS_CHANNEL}, ${userId})`);
}

/** The same for everybody in a team. */
export async function announceToMembers(db: DbLike, teamId: string): Promise<void> {
	await db.execute(sql`select pg_notify(${ACCESS_CHANNEL}, user_id) from memberships where team_id = ${teamId}`);
}
