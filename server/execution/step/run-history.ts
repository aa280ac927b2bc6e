import type { RunHistory } from "@/server/nodes/execute-context";
import type { CalledRun } from "@/server/nodes/wait";
import type { StepRef } from "@/server/runs/step-ref";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { StepServices } from "../step-services";

/** Characters of a line that are handed back. */
const MAX_LINE = 1_000;

/** What is recorded of a run, for a step of it: as people may see it. */
export function createRunHistory({ sql }: Pick<StepServices, "sql">, step: StepRef): RunHistory {
	return {
		logs: ({ step: from = null, text = "", limit }) =>
			retryWhileUnavailable(
				() => sql<Awaited<ReturnType<RunHistory["logs"]>>>`
					select e.node_id as step, e.iteration, l->>'level' as level, left(l->>'text', ${MAX_LINE}) as text,
						(l->>'at')::float8 as at
					from run_events e, jsonb_array_elements(e.data->'lines') with ordinality as t (l, nth)
					where e.run_id = ${step.runId} and e.type = 'step.log' and (${from}::text is null or e.node_id = ${from})
						and (e.node_id, e.iteration) <> (${step.nodeId}, ${step.iteration})
						and strpos(lower(l->>'text'), lower(${text})) > 0
					order by e.seq desc, t.nth desc limit ${limit}`,
			),
		async lastCalled() {
			const [row] = await retryWhileUnavailable(
				() => sql<CalledRun[]>`
					select c.id as "runId", c.number, w.name as workflow, c.status, c.output, c.error
					from runs c join workflows w on w.id = c.workflow_id
					where c.caller_run_id = ${step.runId} and c.caller_node_id = ${step.nodeId}
						and c.caller_iteration = ${step.iteration}
					order by c.created_at desc limit 1`,
			);
			return row ?? null;
		},
	};
}
