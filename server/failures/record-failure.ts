import type { Fragment } from "postgres";
import type { SqlLike } from "@/db/client";

/** Of a run that has met its deadline. */
export const TOOK_TOO_LONG = "It took too long.";

/**
 * Writes down, in the transaction that ends a run as failed, that its workflow fails, and for each destination that has not
 * heard of it a notice. Tests and tries count for nothing. Of runs that end at once the later ones wait for this.
 */
export async function recordFailure(tx: SqlLike, runId: string, nodeId: string | undefined): Promise<void> {
	await tx`
		with run as (
			select r.id, r.team_id, r.workflow_id, w.failure_rule from runs r join workflows w on w.id = r.workflow_id
			where r.id = ${runId} and r.kind = 'workflow'
		), failing as (
			insert into failing_workflows as f (workflow_id, episode) select workflow_id, id from run
			on conflict (workflow_id) do update set failures = f.failures + 1
			returning f.episode, f.failures
		)
		insert into failure_notices (team_id, destination_id, workflow_id, run_id, episode, change, data)
		select run.team_id, d.id, run.workflow_id, run.id, failing.episode, 'failed',
			jsonb_build_object('failures', failing.failures, 'nodeId', ${nodeId ?? null}::text)
		from run, failing, failure_destinations d
		where ${hears(tx)}
		on conflict do nothing`;
}

/**
 * Part of a statement that ends a run as completed: its workflow fails no more, and whoever heard that it did hears this.
 * It takes its lock last, after those on the steps of other runs, so that two ends never wait for one another.
 * @param completed a subquery, in parentheses, of the `id` and `workflow_id` of the run, if it counts
 */
export function recovered(sql: SqlLike, completed: Fragment) {
	return sql`recovered as (
		delete from failing_workflows f using ${completed} as c
		where f.workflow_id = c.workflow_id and (select count(*) from answered) >= 0
		returning c.id as run_id, f.workflow_id, f.episode, f.failures, f.since
	), recovery_told as (
		insert into failure_notices (team_id, destination_id, workflow_id, run_id, episode, change, data)
		select t.team_id, t.destination_id, run.workflow_id, run.run_id, run.episode, 'recovered',
			jsonb_build_object('failures', run.failures, 'seconds', extract(epoch from now() - run.since)::float8)
		from (select r.*, w.failure_rule from recovered r join workflows w on w.id = r.workflow_id) as run
			join failure_notices t on t.episode = run.episode and t.change = 'failed' and t.failed_at is null
			join failure_destinations d on d.id = t.destination_id
		where ${appliesTo(sql)}
		on conflict do nothing
	)`;
}

/** Whether a destination `d` hears of a `run` with the `failure_rule` of its workflow. */
function hears(sql: SqlLike) {
	return sql`d.team_id = run.team_id and ${appliesTo(sql)}`;
}

function appliesTo(sql: SqlLike) {
	return sql`run.failure_rule <> 'nobody'
		and (d.workflow_id is null or (d.workflow_id = run.workflow_id and run.failure_rule = 'also'))`;
}
