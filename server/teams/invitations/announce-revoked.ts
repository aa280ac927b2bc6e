import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { INBOX_CHANNEL } from "@/server/notifications/notify";

/** Has the inboxes of whoever was told of these invitations of a team looked at anew: they ask for nothing any more. */
export async function announceRevoked(db: DbLike, teamId: string, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await db.execute(sql`
		select pg_notify(${INBOX_CHANNEL}, user_id) from notifications
		where team_id = ${teamId} and kind = 'invitation' and key in ${[...ids]} and read_at is null`);
}
