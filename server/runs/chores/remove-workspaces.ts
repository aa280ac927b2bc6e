import type { Sql } from "@/db/client";
import type { Runner } from "@/server/runners/runner";
import { forEachSettled } from "./for-each-settled";

/** How long a run's own worker has to remove its workspace: it may still be ending the run's commands. */
const GRACE_SECONDS = 300;
/** Runs looked up at once. */
const BATCH = 1_000;

/**
 * Removes the workspaces that no living run owns: of runs that ended while nobody executed their steps, whose worker died,
 * or that were deleted. One that cannot be removed keeps no other. Several workers may share the place, and do this at once.
 */
export async function removeWorkspaces(sql: Sql, runner: Pick<Runner, "listRuns" | "release">): Promise<void> {
	const found = await runner.listRuns(GRACE_SECONDS * 1_000);
	const left: string[] = [];
	for (let at = 0; at < found.length; at += BATCH) {
		const batch = found.slice(at, at + BATCH);
		const owned = await sql<{ id: string }[]>`
			select id from runs where id = any(${batch}::text[])
				and (ended_at is null or ended_at > now() - make_interval(secs => ${GRACE_SECONDS}))`;
		const living = new Set(owned.map(({ id }) => id));
		left.push(...batch.filter((runId) => !living.has(runId)));
	}
	await forEachSettled(left, (runId) => runner.release(runId));
}
