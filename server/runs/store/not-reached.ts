import type { SqlLike } from "@/db/client";

/** Steps per event: a run may have thousands that were not reached. */
const STEPS_PER_EVENT = 1_000;

/**
 * Parts of the statement that ends a run: every step that has no record gets one as not reached, in the plan's own body
 * and in each iteration that has begun. What is inside a container that never began is not there. The statement must begin
 * with a CTE `run` that has the `nodes` of the run's plan, as they are stored, and no row when there is nothing to end.
 */
export function notReachedOf(sql: SqlLike, runId: string) {
	// Places are found by a map and told apart by a set operation: joined, they would be compared each with each.
	const records = sql`
		nodes as (
			select node->>'id' as id, coalesce(node->>'parent', '') as parent
			from run, json_array_elements(case json_typeof(nodes) when 'array' then nodes else '[]' end) as node
		), bodies as (
			select parent, array_agg(id) as ids from nodes where id is not null group by parent
		), parents as (
			select jsonb_object_agg(id, parent) as by_id from nodes where id is not null
		), begun as (
			select '' as parent, '' as iteration
			union
			select by_id->>s.node_id, s.iteration from parents, run_steps s where s.run_id = ${runId}
		), not_reached as (
			insert into run_steps (run_id, node_id, iteration, status, ended_at)
			select ${runId}, id, iteration, 'not_reached', now() from (
				select unnest(ids) as id, iteration from begun join bodies using (parent)
				except
				select node_id, iteration from run_steps where run_id = ${runId}
			) places
			on conflict do nothing returning node_id, iteration
		)`;
	const events = sql`(
		select 'steps.not_reached' as type,
			jsonb_build_object('steps', jsonb_agg(jsonb_build_object('nodeId', node_id, 'iteration', iteration))) as data
		from (select *, (row_number() over (order by iteration) - 1) / ${STEPS_PER_EVENT}::int as part from not_reached) s
		group by part)`;
	return { records, events };
}
