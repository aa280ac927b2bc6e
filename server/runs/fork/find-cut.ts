import type { Sql } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { StepRef } from "../step-ref";

interface Cut {
	/** The event that tells of the turn. */
	at: number;
	/** The first event that a fork does not share. */
	cut: number;
}

/** @param keepsTurn the turn is shared, with the calls that had ended before the next one */
export async function findCut(
	sql: Sql,
	{ runId, nodeId, iteration, turn }: StepRef & { turn: number },
	{ keepsTurn }: { keepsTurn: boolean },
): Promise<Cut> {
	const [row] = await sql<Cut[]>`
		with turn as (
			select min(seq) as first from run_events
			where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}
				and type = 'agent.turn' and (data->>'turn')::int = ${turn}
		)
		select first as at, case when not ${keepsTurn}::boolean then first else coalesce((
			select min(seq) from run_events
			where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration} and seq > first
				and type in ('agent.turn', 'step.completed', 'step.failed', 'step.cancelled')
		), (select last_seq + 1 from runs where id = ${runId})) end as cut
		from turn where first is not null`;
	if (row === undefined) throw new WeftError("not_found", "This turn is recorded no more. Run the workflow again.");
	return row;
}
