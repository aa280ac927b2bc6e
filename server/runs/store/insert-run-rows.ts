import type { SqlLike } from "@/db/client";
import { currentAddress } from "@/server/http/request-address";
import { toJsonText } from "./json-text";
import type { NewRun } from "./new-run";
import { runRequested } from "./outbox";

export interface NewRunRow {
	runId: string;
	run: NewRun;
	/** Not announced to the engine: the concurrency rule holds it back. */
	held: boolean;
}

/**
 * Inserts runs of one workflow, numbered in their order, each with its first event, its outbox row and its audit entry: one
 * statement for all of them. Returns their numbers by their ids; those are missing whose request has its run already, and all
 * of them when the workflow was removed.
 */
export async function insertRunRows(sql: SqlLike, rows: readonly NewRunRow[]): Promise<Map<string, number>> {
	const [first] = rows;
	if (!first) return new Map();
	const { workflowId, teamId } = first.run;
	const inserted = await sql<{ id: string; number: number }[]>`
		with given as (
			select * from rows from (json_to_recordset(${toJsonText(rows.map(recordOf))}::text::json) as (
				id text, kind text, version int, plan_hash text, actor jsonb, trigger text, payload json, input json,
				pinned json, prompts jsonb, fork jsonb, budget float8, timeout float8, concurrency_key text, concurrency_limit int,
				held boolean, request_id text, caller_run_id text, caller_node_id text, caller_iteration text, is_awaited boolean,
				depth int, variables json, queued jsonb, outbox_id text, event text, event_data jsonb, action text,
				target_type text, target_id text, detail jsonb
			)) with ordinality as g (id, kind, version, plan_hash, actor, trigger, payload, input, pinned, prompts, fork, budget,
				timeout, concurrency_key, concurrency_limit, held, request_id, caller_run_id, caller_node_id, caller_iteration,
				is_awaited, depth, variables, queued, outbox_id, event, event_data, action, target_type, target_id, detail, nth)
		), fresh as (
			select g.*, count(*) filter (where kind <> 'try') over () as counted,
				count(*) filter (where kind <> 'try') over (order by nth) as place
			from given g
			where not exists (select from runs r where r.workflow_id = ${workflowId} and r.request_id = g.request_id)
		), counter as (
			update workflows set next_run_number = next_run_number + (select coalesce(max(counted), 0) from fresh)
			where id = ${workflowId} and team_id = ${teamId} and exists (select from fresh)
			returning next_run_number as next
		), run as (
			insert into runs (id, team_id, workflow_id, number, kind, version, plan_hash, status, actor, trigger, payload, input,
				pinned, prompts, fork, budget_usd, timeout_seconds, concurrency_key, concurrency_limit, held, request_id, last_seq,
				caller_run_id, caller_node_id, caller_iteration, is_awaited, depth)
			select f.id, ${teamId}, ${workflowId}, case when kind = 'try' then 0 else next - counted + place - 1 end, kind,
				version, plan_hash, 'queued', actor, trigger, payload, input, pinned, prompts, fork, budget, timeout,
				concurrency_key, concurrency_limit, held, request_id, 1, caller_run_id, caller_node_id, caller_iteration, is_awaited,
				depth
			from counter, fresh f order by nth
			returning id, number
		), kept as (
			insert into run_variables (run_id, key, value, sealed, sealed_in)
			select f.id, v->>'key', v->'value', v->'sealed'->>'text', v->'sealed'->>'runId'
			from run join fresh f using (id), jsonb_array_elements(f.variables::jsonb) as v
		), logged as (
			insert into run_events (run_id, seq, type, data) select f.id, 1, 'run.queued', f.queued from run join fresh f using (id)
		), announced as (
			insert into outbox (id, run_id, name, data, sends, next_at)
			select outbox_id, f.id, event, event_data, 1, now() + interval '2 seconds'
			from run join fresh f using (id) where not f.held
		), audited as (
			insert into audit_log (team_id, actor, action, target_type, target_id, address, detail)
			select ${teamId}, f.actor, action, coalesce(target_type, 'run'), coalesce(target_id, f.id), ${currentAddress()},
				case when target_type is null then jsonb_build_object('number', run.number) else '{}' end || f.detail
			from run join fresh f using (id) where action is not null order by nth
		)
		select id, number from run`;
	return new Map(inserted.map(({ id, number }) => [id, number]));
}

function recordOf({ runId, run, held }: NewRunRow) {
	const { actor, trigger, caller, ownCredentials = [], audit, settings } = run;
	const { id: outboxId, name, data } = runRequested({ ...run, runId });
	const own = ownCredentials.length > 0 && { ownCredentials: [...ownCredentials] };
	return {
		...{ id: runId, kind: run.kind ?? "workflow", version: run.version, plan_hash: run.planHash, actor, trigger },
		...{
			payload: run.payload,
			input: run.input,
			pinned: run.pinned,
			prompts: run.prompts ?? {},
			fork: run.fork?.fork,
			variables: run.variables ?? [],
		},
		...{ budget: settings.budgetUsd, timeout: settings.timeoutSeconds, held, request_id: run.requestId },
		...{ concurrency_key: run.concurrencyKey, concurrency_limit: settings.concurrency?.limit },
		...{ caller_run_id: caller?.runId, caller_node_id: caller?.nodeId, caller_iteration: caller?.iteration },
		...{ is_awaited: caller?.isAwaited ?? false, depth: caller?.depth ?? run.depth ?? 0 },
		...{ queued: { actor, trigger, ...own }, outbox_id: outboxId, event: name, event_data: data },
		...{ action: audit?.action, target_type: audit?.target?.type, target_id: audit?.target?.id },
		detail: audit?.detail ?? {},
	};
}
