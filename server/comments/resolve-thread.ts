import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { resolvedThreads, runComments } from "@/db/schema/comments";
import { WeftError } from "@/server/errors";
import { requireRun } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { announceComments, lockComments, threadInput } from "./comment-ref";
import { ofThread } from "./list-comments";

export const resolveThreadInput = threadInput.extend({ resolved: z.boolean() });
type ResolveThread = z.infer<typeof resolveThreadInput>;

/** Marks a discussion as settled, or as open again: whoever may comment may do that. */
export async function resolveThread({ database: { db }, actor }: Caller, input: ResolveThread): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "run:comment");
	await requireRun(db, team.id, input.runId);
	await db.transaction(async (tx) => {
		await lockComments(tx, input.runId);
		if (!(await mark(tx, input, actor))) return;
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: input.resolved ? "comment.resolved" : "comment.reopened",
			target: { type: "run", id: input.runId },
			detail: input.nodeId === null ? {} : { step: input.nodeId },
		});
		await announceComments(tx, input.runId);
	});
}

/** False when it was so already. */
async function mark(tx: DbLike, { runId, nodeId, resolved }: ResolveThread, by: Caller["actor"]): Promise<boolean> {
	const place = { runId, nodeId: nodeId ?? "" };
	if (!resolved) {
		const isThread = and(eq(resolvedThreads.runId, runId), eq(resolvedThreads.nodeId, place.nodeId));
		return (await tx.delete(resolvedThreads).where(isThread).returning()).length > 0;
	}
	if ((await tx.$count(runComments, ofThread(runId, nodeId))) === 0) {
		throw new WeftError("not_found", "There are no comments here. Write one first.");
	}
	const marked = await tx
		.insert(resolvedThreads)
		.values({ ...place, by })
		.onConflictDoNothing()
		.returning();
	return marked.length > 0;
}
