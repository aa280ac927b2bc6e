import type { Sql } from "@/db/client";
import type { Iteration } from "../events";

/** The ids of those of the steps that have started and not ended: an attempt is running or due. */
export async function findStartedSteps(
	sql: Sql,
	{ runId, nodeIds, iteration }: { runId: string; nodeIds: readonly string[]; iteration: Iteration },
): Promise<string[]> {
	if (nodeIds.length === 0) return [];
	const rows = await sql<{ nodeId: string }[]>`
		select node_id as "nodeId" from run_steps
		where run_id = ${runId} and node_id = any(${[...nodeIds]}::text[]) and iteration = ${iteration}
			and (status in ('running', 'open') or (status = 'retrying' and retry_at <= now()))`;
	return rows.map((row) => row.nodeId);
}
