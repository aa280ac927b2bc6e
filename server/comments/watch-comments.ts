import { sql } from "drizzle-orm";
import type { z } from "zod";
import { requireRun, runIdInput } from "@/server/runs/run-ref";
import type { WatchOptions } from "@/server/runs/watch/connect-watcher";
import { watchChanges } from "@/server/runs/watch/watch-changes";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { COMMENTS_CHANNEL } from "./comment-ref";

const POLL_MS = 10_000;

export const watchCommentsInput = runIdInput;
type WatchComments = z.infer<typeof watchCommentsInput>;

/** A discussion about a run, or about a step of it. */
export interface CommentThread {
	/** Null for the run as a whole. */
	nodeId: string | null;
	count: number;
	isResolved: boolean;
	/** Another one whenever something in it has changed. */
	stamp: string;
}

/**
 * Yields the discussions about a run: at once, then whenever something in them has changed. Throws `unauthenticated` when the
 * watcher's session has ended, `not_found` once they are no member (any more), `unavailable` when the server shuts down.
 */
export async function* watchComments(
	caller: Caller,
	input: WatchComments,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<CommentThread[], void> {
	const read = () => listThreads(caller, input);
	await read();
	yield* watchChanges(
		caller,
		{ team: input.team, channel: COMMENTS_CHANNEL, ids: [input.runId], read },
		{ signal, pollMs },
	);
}

async function listThreads({ database: { db }, actor }: Caller, input: WatchComments): Promise<CommentThread[]> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	const rows = await db.execute<{ nodeId: string | null; count: number; isResolved: boolean; stamp: string }>(sql`
		select c.node_id as "nodeId", count(*)::int as count, bool_or(t.run_id is not null) as "isResolved",
			max(c.seq) || '.' || sum(c.revision) as stamp
		from run_comments c
			left join resolved_threads t on t.run_id = c.run_id and t.node_id = coalesce(c.node_id, '')
		where c.run_id = ${input.runId}
		group by c.node_id order by c.node_id nulls first`);
	return rows.map(({ nodeId, count, isResolved, stamp }) => ({ nodeId, count, isResolved, stamp }));
}
