import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { MAX_INTEGER } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { watchRunEvents } from "../../../db/listen";
import { connectWatcher, type WatchOptions } from "./connect-watcher";
import { onceEvery } from "./once-every";
import { registerStream } from "./open-streams";
import { type EventBatch, RunCursors } from "./run-cursors";

const POLL_MS = 2_000;

export const watchRunsInput = z.object({
	team: z.string().min(1).max(64),
	runs: z
		.array(z.object({ id: z.string().min(1).max(64), after: z.int().min(0).max(MAX_INTEGER).default(0) }))
		.min(1)
		.max(50),
	/** `<run id>:<seq>` of the last batch that arrived: sent by a client that connects again. */
	lastEventId: z
		.string()
		.max(100)
		.regex(/^[^:]+:\d{1,10}$/)
		.refine((id) => Number(id.split(":")[1]) <= MAX_INTEGER)
		.nullish(),
});
type WatchRuns = z.infer<typeof watchRunsInput>;

/**
 * Yields the events after each run's `after`, in order and without a gap, and goes on as they are recorded; log lines
 * and tokens arrive emptied. Returns when every run has ended and was delivered whole.
 * Throws `unauthenticated` when the watcher's session has ended, `not_found` once they are no member (any more),
 * `unavailable` when the server shuts down.
 */
export async function* watchRuns(
	caller: Caller,
	input: WatchRuns,
	{ signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<EventBatch, void> {
	await requireRuns(caller, input);
	const cursors = new RunCursors(caller.database.sql, startingPoints(input));
	const watcher = connectWatcher({
		stream: registerStream(caller, input.team, cursors.interrupt),
		unsubscribe: watchRunEvents(caller.database.sql, cursors.runIds, cursors.wake),
		...{ signal, wake: cursors.interrupt },
	});
	const isPollDue = onceEvery(pollMs, { startsDue: true });
	try {
		while (cursors.runIds.length > 0 && !signal.aborted) {
			const reason = watcher.ended();
			if (reason) throw reason;
			yield* cursors.read();
			if (isPollDue()) await cursors.lookAround();
			await cursors.wait(pollMs);
		}
	} finally {
		watcher.close();
	}
}

async function requireRuns({ database: { db }, actor }: Caller, input: WatchRuns): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const ids = [...new Set(input.runs.map((run) => run.id))];
	const found = await db.$count(runs, and(eq(runs.teamId, team.id), inArray(runs.id, ids)));
	if (found < ids.length) throw new WeftError("not_found", "There is no such run in this team.");
}

function startingPoints({ runs, lastEventId }: WatchRuns): Map<string, number> {
	const points = new Map(runs.map((run) => [run.id, run.after]));
	const [runId, seq] = lastEventId?.split(":") ?? [];
	const before = runId === undefined ? undefined : points.get(runId);
	if (runId !== undefined && before !== undefined) points.set(runId, Math.max(before, Number(seq)));
	return points;
}
