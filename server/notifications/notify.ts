import { type SQL, sql } from "drizzle-orm";
import type { DbLike, Sql, SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";
import { runStatement } from "@/db/run-statement";
import { toJsonText } from "@/server/runs/store/json-text";
import { type KindData, type KindName, kindOf } from "./catalog";

/** The channel on which a person's open pages hear that their inbox has changed; the payload is the person's id. */
export const INBOX_CHANNEL = "weft_inbox";

export interface NewNotification<Name extends KindName> {
	kind: Name;
	/** The ids of the people who are told. Who is not in the team, or has switched the kind off, is left out. */
	recipients: readonly string[];
	teamId: string;
	/** What happened: telling of it twice under the same key tells once, or counts it where the kind is counted. */
	key: string;
	/** The run it is about. */
	runId?: string;
	/** Names and short excerpts (`shorten`), with secrets redacted. */
	data: KindData<Name>;
}

/** Tells people of a change, in its own transaction: both are kept or lost together. */
export async function notify<Name extends KindName>(db: DbLike, news: NewNotification<Name>): Promise<void> {
	if (news.recipients.length === 0) return;
	const told = await db.execute<{ userId: string }>(insertion(news));
	for (const { userId } of told) await announceInbox(db, userId);
}

/**
 * The same in a transaction of the pool that runs are written with. Returns the ids of the people whose inboxes have
 * changed: call `announceInboxes` with them once it is committed.
 */
export async function notifyIn<Name extends KindName>(tx: SqlLike, news: NewNotification<Name>): Promise<string[]> {
	if (news.recipients.length === 0) return [];
	const rows = await runStatement<{ userId: string }>(tx, insertion(news));
	return rows.map(({ userId }) => userId);
}

/** Has the open pages of a person look at their inbox as soon as the transaction is committed. */
export async function announceInbox(db: DbLike, userId: string): Promise<void> {
	await db.execute(sql`select pg_notify(${INBOX_CHANNEL}, ${userId})`);
}

/** The same after a transaction of the pool that runs are written with. */
export function announceInboxes(pool: Sql, userIds: readonly string[]): void {
	for (const userId of userIds) notifySoon(pool, INBOX_CHANNEL, userId);
}

function insertion<Name extends KindName>({ recipients, ...news }: NewNotification<Name>): SQL {
	const { isCounted, isForStrangers, isMailed, mailAfterSeconds } = kindOf(news.kind);
	const told = toJsonText([...new Set(recipients)].map((userId) => ({ userId, id: newId() })));
	return sql`
		insert into notifications as known (id, user_id, team_id, kind, key, run_id, data, is_shown, mail_at)
		select t.id, u.id, ${news.teamId}, ${news.kind}, ${news.key}, ${news.runId ?? null},
			${toJsonText(news.data)}::text::jsonb, coalesce(s.is_shown, true),
			case when coalesce(s.is_mailed, ${String(isMailed)}::text::boolean)
				then now() + make_interval(secs => ${String(mailAfterSeconds)}::text::float8) end
		from jsonb_to_recordset(${told}::text::jsonb) as t ("userId" text, id text)
			join users u on u.id = t."userId"
			left join notification_switches s on s.user_id = u.id and s.kind = ${news.kind}
		where (coalesce(s.is_shown, true) or coalesce(s.is_mailed, ${String(isMailed)}::text::boolean))
			and (${String(isForStrangers)}::text::boolean
				or exists (select from memberships m where m.team_id = ${news.teamId} and m.user_id = u.id))
		order by u.id
		on conflict (user_id, kind, key) do update
			set count = known.count + 1, at = now(), read_at = null, data = excluded.data, run_id = excluded.run_id,
				is_shown = excluded.is_shown
			where ${String(isCounted)}::text::boolean and (excluded.is_shown or not known.is_shown)
		returning user_id as "userId"`;
}
