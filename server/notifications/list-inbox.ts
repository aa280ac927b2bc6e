import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { runStatement } from "@/db/run-statement";
import type { Caller } from "@/server/teams/caller";
import { describeNotification, isKindName, type KindName } from "./catalog";
import { cursorSchema, isBefore } from "./inbox-cursor";
import { kindSchema } from "./kind-schema";
import { isAllowed, isSettled } from "./settled";

export const listInboxInput = z.object({
	/** Of one kind alone. */
	kind: kindSchema.optional(),
	unreadOnly: z.boolean().default(false),
	/** Only what is older: the `next` of the page before. */
	before: cursorSchema.optional(),
	limit: z.int().min(1).max(100).default(30),
});

/** Something that the caller was told of. */
export interface InboxItem {
	id: string;
	kind: KindName;
	sentence: string;
	/** A person's or a step's own words. */
	excerpt: string | null;
	/** Where it leads to; null when nowhere. */
	path: string | null;
	team: { slug: string; name: string };
	at: Date;
	isUnread: boolean;
	/** Why it asks for nothing any more; null while it does. */
	settled: string | null;
	/** What comes after it in the list: everything before this. */
	cursor: string;
}

/** What the caller was told of in all their teams, newest first, a page at a time. */
export async function listInbox({ database, actor }: Caller, input: z.infer<typeof listInboxInput>) {
	const { kind, unreadOnly, before, limit } = input;
	const conditions = [
		sql`n.user_id = ${actor.kind === "user" ? actor.id : ""} and n.is_shown and ${isAllowed}`,
		...(kind === undefined ? [] : [sql`n.kind = ${kind}`]),
		...(unreadOnly ? [sql`n.read_at is null and not ${isSettled}`] : []),
		...(before === undefined ? [] : [isBefore(before)]),
	];
	const rows = await runStatement<InboxRow>(database.sql, selection(sql.join(conditions, sql` and `), limit + 1));
	const page = rows.slice(0, limit);
	return { items: page.flatMap(toItem), next: rows.length > limit ? page.at(-1)?.cursor : undefined };
}

interface InboxRow {
	id: string;
	kind: KindName;
	data: unknown;
	count: number;
	at: Date;
	isRead: boolean;
	isSettled: boolean;
	team: { slug: string; name: string };
	workflow: { slug: string; name: string } | null;
	runNumber: number | null;
	isAddressVerified: boolean;
	cursor: string;
}

/** The columns of notifications `n` that say what happened, and what that needs to be joined. */
export const HAPPENING: { columns: SQL; joins: SQL } = {
	columns: sql`n.kind, n.data, n.count, n.at, jsonb_build_object('slug', t.slug, 'name', t.name) as team,
		case when w.id is not null then jsonb_build_object('slug', w.slug, 'name', w.name) end as workflow,
		r.number as "runNumber", u.email_verified is not null as "isAddressVerified"`,
	joins: sql`join users u on u.id = n.user_id join teams t on t.id = n.team_id
		left join runs r on r.id = n.run_id left join workflows w on w.id = r.workflow_id`,
};

function selection(condition: SQL, limit: number): SQL {
	return sql`
		select n.id, n.read_at is not null as "isRead", ${isSettled} as "isSettled", ${HAPPENING.columns},
			(extract(epoch from n.at) * 1000000)::bigint || '_' || n.id as cursor
		from notifications n ${HAPPENING.joins}
		where ${condition} order by n.at desc, n.id desc limit ${String(limit)}::text::int`;
}

/** Empty for kinds that only a later version knows. */
function toItem({ isRead, isSettled: isOver, ...row }: InboxRow): InboxItem[] {
	const told = isKindName(row.kind) ? describeNotification(row.kind, row) : undefined;
	if (told === undefined) return [];
	const { id, kind, team, at, cursor } = row;
	const { sentence, excerpt = null, path } = told;
	const settled = isOver ? (told.settled ?? null) : null;
	return [{ id, kind, sentence, excerpt, path, team, at, isUnread: !isRead && !isOver, settled, cursor }];
}
