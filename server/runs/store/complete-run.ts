import type { Sql } from "@/db/client";
import { recovered } from "@/server/failures/record-failure";
import type { Json } from "@/server/plan/values/json";
import type { StepRef } from "../step-ref";
import { answeredSteps, callersAnswered } from "./called-runs";
import type { EndedRun } from "./end-run";
import { toJsonText } from "./json-text";
import { logged, rowsOf } from "./log-events";
import { type PendingRecord, recordsOf } from "./pending-records";

export interface Completion {
	output?: Json;
	/** The last records of the walk: written before the end, by the same statement. */
	pending: readonly PendingRecord[];
}

interface CompletionRow {
	runStatus: string;
	isEnded: boolean;
	workflowId: string;
	concurrencyKey: string | null;
	callers: StepRef[];
}

/**
 * Ends a run whose every step has its record, in the statement that takes the last of them: nothing in it runs or waits
 * that would have to be cancelled, and there is no step that it never came to. A paused run refuses records of what was
 * begun since, and with them the end. The status is that from before; undefined when there is no such run.
 */
export async function completeRun(
	sql: Sql,
	runId: string,
	{ output, pending }: Completion,
): Promise<{ runStatus: string | undefined; ended: EndedRun | undefined }> {
	const { records, log } = recordsOf(sql, runId, pending);
	const isRefusedWhilePaused = pending.some(({ kind }) => kind === "done");
	const outputText = output === undefined ? null : toJsonText(output);
	const [row] = await sql<CompletionRow[]>`
		with run as materialized (
			select id, kind, status, last_seq, workflow_id, concurrency_key from runs where id = ${runId} for update
		), ${records}, ending as (
			select from run where run.status = 'running' or (run.status = 'paused' and ${!isRefusedWhilePaused})
		), events as (
			${log}
			union all
			select 1000000, type, node_id, iteration, data
			from ending, ${rowsOf(sql, [{ type: "run.completed", data: { output } }])} e
		), closed as (
			update runs set last_seq = last_seq + (select count(*) from events), held = held and not e.yes,
				status = case when e.yes then 'completed' else status end,
				ended_at = case when e.yes then now() end,
				output = case when e.yes then ${outputText}::text::json end
			from (select exists (select from ending) as yes) e
			where id = ${runId} and exists (select from events)
		), withdrawn as (
			delete from outbox where run_id = ${runId} and exists (select from ending)
		), ${callersAnswered(sql, sql`(select run.id from run, ending)`)}, ${recovered(
			sql,
			sql`(
			select run.id, run.workflow_id from run, ending where run.kind = 'workflow'
		)`,
		)}, ${logged(sql)}
		select run.status as "runStatus", exists (select from ending) as "isEnded", workflow_id as "workflowId",
			concurrency_key as "concurrencyKey", ${answeredSteps(sql)} as callers
		from run, guard where holds = 1`;
	if (!row?.isEnded) return { runStatus: row?.runStatus, ended: undefined };
	const { runStatus, workflowId, concurrencyKey, callers } = row;
	const queue = concurrencyKey === null ? null : { workflowId, concurrencyKey };
	return { runStatus, ended: { runId, queue, isStopped: false, told: [], callers, hasCalls: false } };
}
