import { and, eq, sql } from "drizzle-orm";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { resolvedThreads, runComments } from "@/db/schema/comments";
import { WeftError } from "@/server/errors";
import { notify } from "@/server/notifications/notify";
import { requireRun } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { announceComments, COMMENT_LIMITS, commentTextSchema, lockComments, threadInput } from "./comment-ref";
import { prepareText } from "./prepare-text";
import { requireStep } from "./require-step";
import { mentionNews } from "./tell-mentioned";

export const addCommentInput = threadInput.extend({ text: commentTextSchema });

/** Per person. */
const comments = new RateLimiterMemory({ points: 20, duration: 60 });

/** Says something about a run, or about a step of it, and tells those whom it mentions. Opens a settled discussion again. */
export async function addComment(
	{ database, actor }: Caller,
	{ team: slug, runId, nodeId, text: written }: z.infer<typeof addCommentInput>,
): Promise<{ id: string }> {
	const { team } = await requireMember(database.db, actor, slug, "run:comment");
	await requireRun(database.db, team.id, runId);
	if (nodeId !== null) await requireStep(database.db, runId, nodeId);
	await countComment(actor);
	const id = newId();
	const { text, mentions } = await prepareText(database, { teamId: team.id, runId, actor }, written);
	await database.db.transaction(async (tx) => {
		await lockComments(tx, runId);
		await requireRoom(tx, runId);
		const row = { id, teamId: team.id, runId, nodeId, author: actor, text, mentions };
		await tx.insert(runComments).values(row);
		await tx
			.delete(resolvedThreads)
			.where(and(eq(resolvedThreads.runId, runId), eq(resolvedThreads.nodeId, nodeId ?? "")));
		await notify(tx, mentionNews(row));
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "comment.added",
			target: { type: "run", id: runId },
			detail: { comment: id, ...(nodeId !== null && { step: nodeId }) },
		});
		await announceComments(tx, runId);
	});
	return { id };
}

async function requireRoom(tx: DbLike, runId: string): Promise<void> {
	const isByPerson = sql`${runComments.author}->>'kind' <> 'system'`;
	const count = await tx.$count(runComments, and(eq(runComments.runId, runId), isByPerson));
	if (count < COMMENT_LIMITS.ofRun) return;
	throw new WeftError("conflict", `A run has ${COMMENT_LIMITS.ofRun} comments at most. Delete some first.`);
}

async function countComment(actor: Caller["actor"]): Promise<void> {
	if (actor.kind !== "user")
		throw new WeftError("forbidden", "Only people can comment here. Use a comment step in the workflow.");
	await comments.consume(actor.id).catch(() => {
		throw new WeftError("too_many_requests", "Too many comments at once. Wait a minute.", { retryAfterSeconds: 60 });
	});
}
