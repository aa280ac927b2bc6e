import { sql } from "drizzle-orm";
import { runStatement } from "@/db/run-statement";
import type { Caller } from "@/server/teams/caller";
import { isAllowed, isSettled } from "./settled";

/** What every page shows of the caller's inbox. */
export interface InboxState {
	unread: number;
	/** Differs whenever something in the inbox has changed; null while it is empty. */
	changedAt: string | null;
}

export async function countUnread({ database, actor }: Pick<Caller, "database" | "actor">): Promise<InboxState> {
	const userId = actor.kind === "user" ? actor.id : "";
	const [state] = await runStatement<InboxState>(
		database.sql,
		sql`
			select count(*) filter (where n.read_at is null and not ${isSettled})::int as unread,
				max(greatest(n.at, n.read_at))::text as "changedAt"
			from notifications n where n.user_id = ${userId} and n.is_shown and ${isAllowed}`,
	);
	return state ?? { unread: 0, changedAt: null };
}
