import type { Fragment } from "postgres";
import type { Sql, SqlLike } from "@/db/client";
import { notifySoon } from "@/db/notify";
import type { StepRef } from "../step-ref";
import { RUN_SIGNALS_CHANNEL } from "./append-events";
import { answerAnnouncement, queueEngineEvent, sendSoon } from "./outbox";

/**
 * Part of a statement that ends runs: answers the steps of other runs that wait for them, as CTE `answered`, and writes the
 * ends down for the triggers of a team that has some (`deliverEnds`), as CTE `told`. It takes no lock on those runs, so that two runs that end each other never wait for one another.
 * @param ended a subquery, in parentheses, of the `id`s of the runs that end
 */
export function callersAnswered(sql: SqlLike, ended: Fragment) {
	return sql`answered as (
		update run_steps s set answer = jsonb_build_object('for', 'run', 'at', now())
		from runs c
		where c.id in ${ended} and c.is_awaited and s.run_id = c.caller_run_id and s.node_id = c.caller_node_id
			and s.iteration = c.caller_iteration and s.status = 'waiting' and s.answer is null
		returning s.run_id, s.node_id, s.iteration
	), told as (
		insert into run_ends (run_id)
		select c.id from runs c where c.id in ${ended} and c.kind = 'workflow'
			and exists (select from triggers t where t.team_id = c.team_id and t.type = 'workflow-ended')
		on conflict (run_id) do nothing
	)`;
}

/** The steps that `callersAnswered` has answered, as JSON. */
export function answeredSteps(sql: SqlLike) {
	return sql`coalesce((
		select jsonb_agg(jsonb_build_object('runId', run_id, 'nodeId', node_id, 'iteration', iteration)) from answered
	), '[]')`;
}

/** Wakes the runs whose steps were answered. A run that this does not reach is found among the lost ones. */
export async function announceAnswers(sql: Sql, steps: readonly StepRef[]): Promise<void> {
	for (const step of steps) {
		await queueEngineEvent(sql, answerAnnouncement(step.runId, step));
		notifySoon(sql, RUN_SIGNALS_CHANNEL, step.runId);
		sendSoon(sql, step.runId);
	}
}

/** The runs that steps wait for although they wait no longer: their own run has ended, or they had a time limit. */
export async function findAbandonedCalls(sql: Sql, callerRunId: string | null = null): Promise<string[]> {
	const rows = await sql<{ id: string }[]>`
		select c.id from runs c left join run_steps s on s.run_id = c.caller_run_id and s.node_id = c.caller_node_id
			and s.iteration = c.caller_iteration
		where c.is_awaited and c.ended_at is null and s.status is distinct from 'waiting'
			and (${callerRunId}::text is null or c.caller_run_id = ${callerRunId})
		limit 1000`;
	return rows.map(({ id }) => id);
}
