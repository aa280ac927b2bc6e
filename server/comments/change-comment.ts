import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runComments } from "@/db/schema/comments";
import { WeftError } from "@/server/errors";
import { notify } from "@/server/notifications/notify";
import type { AuditAction } from "@/server/teams/audit-action";
import type { Caller } from "@/server/teams/caller";
import { allows, explainRefusal, type Role } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { announceComments, commentRefInput, commentTextSchema, isAuthor, lockComment } from "./comment-ref";
import { prepareText } from "./prepare-text";
import { mentionNews } from "./tell-mentioned";

type CommentRow = typeof runComments.$inferSelect;

export const editCommentInput = commentRefInput.extend({
	text: commentTextSchema,
	/** The revision that the change was made to. */
	revision: z
		.int()
		.min(1)
		.max(2 ** 31 - 1),
});
export const removeCommentInput = commentRefInput;

/**
 * Says something else, and tells those who are mentioned now and were not before. Only who wrote a comment changes its words.
 * Throws `conflict` when it was changed since `revision`.
 */
export async function editComment(caller: Caller, input: z.infer<typeof editCommentInput>): Promise<void> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:comment");
	const place = { teamId: team.id, runId: input.runId, actor };
	const { text, mentions } = await prepareText(database, place, input.text);
	await change(caller, input, async (tx, comment) => {
		if (!isAuthor(comment, actor)) {
			throw new WeftError("forbidden", "Only its author can change a comment. Write a new one instead.");
		}
		if (comment.revision !== input.revision) {
			throw new WeftError(
				"conflict",
				"This comment was changed elsewhere in the meantime. Compare both, then save again.",
			);
		}
		if (comment.text === text) return undefined;
		await tx
			.update(runComments)
			.set({ text, mentions, revision: comment.revision + 1, editedAt: new Date() })
			.where(eq(runComments.id, comment.id));
		await notify(tx, mentionNews({ ...comment, text, mentions, before: comment.mentions ?? [] }));
		return "comment.changed";
	});
}

/** Takes back one's own comment; an admin removes anybody's. */
export async function removeComment(caller: Caller, input: z.infer<typeof removeCommentInput>): Promise<void> {
	await change(caller, input, async (tx, comment, role) => {
		if (!isAuthor(comment, caller.actor) && !allows(role, "comment:moderate")) {
			throw new WeftError("forbidden", explainRefusal(role, "comment:moderate"));
		}
		await tx.delete(runComments).where(and(eq(runComments.id, comment.id), eq(runComments.runId, comment.runId)));
		return "comment.removed";
	});
}

/** Answers what was done, or undefined when it was so already. */
type Change = (tx: DbLike, comment: CommentRow, role: Role) => Promise<AuditAction | undefined>;

async function change(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof commentRefInput>,
	apply: Change,
): Promise<void> {
	const { team, role } = await requireMember(db, actor, input.team, "run:comment");
	await db.transaction(async (tx) => {
		const comment = await lockComment(tx, team.id, input);
		const action = await apply(tx, comment, role);
		if (!action) return;
		const target = { type: "run", id: input.runId };
		await writeAudit(tx, { teamId: team.id, actor, action, target, detail: { comment: comment.id } });
		await announceComments(tx, input.runId);
	});
}
