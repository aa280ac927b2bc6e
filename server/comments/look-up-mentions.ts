import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { announceInboxes, notifyIn } from "@/server/notifications/notify";
import type { Actor } from "@/server/runs/events";
import { toJsonText } from "@/server/runs/store/json-text";
import { COMMENT_LIMITS, COMMENTS_CHANNEL } from "./comment-ref";
import { labelPeople, type Mention, writeMentions } from "./mention-text";
import { mentionNews } from "./tell-mentioned";

interface NewComment {
	id: string;
	teamId: string;
	runId: string;
	nodeId: string;
	author: Actor;
	text: string;
	kind: string;
}

const BATCH = 50;

/** Finds whom new comments of steps mention, and tells them. Those of one that is tried alone are not told. */
export async function lookUpMentions(sql: Sql): Promise<void> {
	for (let found = BATCH; found === BATCH; ) found = await lookUpSome(sql);
}

async function lookUpSome(sql: Sql): Promise<number> {
	const told: string[] = [];
	const comments = await sql.begin(async (tx) => {
		const found = await tx<NewComment[]>`
			select c.id, c.team_id as "teamId", c.run_id as "runId", c.node_id as "nodeId", c.author, c.text, r.kind
			from run_comments c join runs r on r.id = c.run_id
			where c.mentions is null order by c.seq limit ${BATCH} for update of c skip locked`;
		for (const comment of found) {
			const { text, mentions } = await findMentioned(tx, comment);
			await tx`
				update run_comments set text = ${text}, mentions = ${toJsonText(mentions)}::text::jsonb, revision = revision + 1
				where id = ${comment.id}`;
			if (comment.kind !== "try") told.push(...(await notifyIn(tx, mentionNews({ ...comment, text, mentions }))));
		}
		return found;
	});
	announceInboxes(sql, told);
	for (const runId of new Set(comments.map((comment) => comment.runId))) notifySoon(sql, COMMENTS_CHANNEL, runId);
	return comments.length;
}

/** A step that mentions too many people notifies only the first of them. */
async function findMentioned(
	tx: Parameters<typeof notifyIn>[0],
	{ teamId, text }: NewComment,
): Promise<{ text: string; mentions: Mention[] }> {
	if (!text.includes("@")) return { text, mentions: [] };
	const members = await tx<{ id: string; name: string; email: string }[]>`
		select u.id, coalesce(nullif(trim(u.name), ''), u.email) as name, u.email
		from memberships m join users u on u.id = m.user_id where m.team_id = ${teamId}`;
	const people = labelPeople(members);
	const all = writeMentions(text, people);
	if (all.mentions.length <= COMMENT_LIMITS.mentions) return all;
	const first = new Set(all.mentions.slice(0, COMMENT_LIMITS.mentions).map(({ id }) => id));
	return writeMentions(
		text,
		people.filter(({ id }) => first.has(id)),
	);
}
