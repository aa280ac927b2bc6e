import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runComments } from "@/db/schema/comments";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import { nodeIdSchema } from "@/server/plan/plan";
import { runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";

/** Names the runs whose comments have changed: whoever has one open reads them again. */
export const COMMENTS_CHANNEL = "weft_comments";

/** `ofRun`: what people say about a run; steps add some hundred at most. */
export const COMMENT_LIMITS = { text: 4_000, ofRun: 1_000, mentions: 10 } as const;

export const commentTextSchema = z
	.string()
	.trim()
	.min(1, "Write something.")
	.max(
		COMMENT_LIMITS.text,
		`A comment has ${COMMENT_LIMITS.text.toLocaleString("en")} characters at most. Shorten it.`,
	);
export const commentRefInput = runIdInput.extend({ id: z.string().min(1).max(64) });
/** A discussion: that of a step, or with null that of the run as a whole. */
export const threadInput = runIdInput.extend({ nodeId: nodeIdSchema.nullable().default(null) });

type CommentRow = typeof runComments.$inferSelect;

/** Those who change the comments of one run wait for each other, so that their order and their number hold. */
export async function lockComments(tx: DbLike, runId: string): Promise<void> {
	await tx.select({ id: runs.id }).from(runs).where(eq(runs.id, runId)).for("no key update");
}

/** Locks a comment of the run until the transaction ends. Throws `not_found` when it is not there, or of another team. */
export async function lockComment(
	tx: DbLike,
	teamId: string,
	{ id, runId }: { id: string; runId: string },
): Promise<CommentRow> {
	const [comment] = await tx
		.select()
		.from(runComments)
		.where(and(eq(runComments.teamId, teamId), eq(runComments.runId, runId), eq(runComments.id, id)))
		.for("update");
	if (!comment) throw new WeftError("not_found", "This comment was deleted. Write a new one.");
	return comment;
}

export function isAuthor({ author }: Pick<CommentRow, "author">, actor: Caller["actor"]): boolean {
	return actor.kind === "user" && author.kind === "user" && author.id === actor.id;
}

/** Sent when the transaction commits. */
export async function announceComments(tx: DbLike, runId: string): Promise<void> {
	await tx.execute(sql`select pg_notify(${COMMENTS_CHANNEL}, ${runId})`);
}
