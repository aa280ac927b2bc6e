import { and, desc, eq, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import { runComments } from "@/db/schema/comments";
import { requireRun } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { isAuthor, threadInput } from "./comment-ref";
import { findPeople } from "./find-people";
import { readMentions } from "./mention-text";

export const listCommentsInput = threadInput.extend({
	/** Only what was said earlier: the `next` of the page before. */
	before: z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
	limit: z.int().min(1).max(20).default(20),
});

/** What was last said about a run or a step, oldest first; `next` leads to what was said before. */
export async function listComments({ database: { db }, actor }: Caller, input: z.infer<typeof listCommentsInput>) {
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	const before = input.before === undefined ? undefined : lt(runComments.seq, input.before);
	const [rows, people] = await Promise.all([
		db
			.select()
			.from(runComments)
			.where(and(ofThread(input.runId, input.nodeId), before))
			.orderBy(desc(runComments.seq))
			.limit(input.limit + 1),
		findPeople(db, team.id),
	]);
	const names = new Map(people.map(({ id, name }) => [id, name]));
	const page = rows.slice(0, input.limit).reverse();
	const items = page.map(({ id, text, author, revision, createdAt, editedAt, ...row }) => {
		const canEdit = isAuthor({ author }, actor);
		const mentions = row.mentions ?? [];
		return {
			...{ id, text, revision, createdAt, editedAt, canEdit },
			/** Null for what a step of the workflow says. */
			author: author.kind === "user" ? (names.get(author.id) ?? author.name) : null,
			/** People by the names they have now; whoever has left, by the one they had. */
			mentions: mentions.map((one) => ({ ...one, name: names.get(one.id) ?? one.name, isMember: names.has(one.id) })),
			/** The text to change, with people by their names. */
			editable: canEdit ? readMentions(text, { mentions, people }) : null,
			canRemove: canEdit || allows(role, "comment:moderate"),
		};
	});
	return { items, next: rows.length > input.limit ? page[0]?.seq : undefined };
}

export function ofThread(runId: string, nodeId: string | null) {
	const isPlace = nodeId === null ? isNull(runComments.nodeId) : eq(runComments.nodeId, nodeId);
	return and(eq(runComments.runId, runId), isPlace);
}
