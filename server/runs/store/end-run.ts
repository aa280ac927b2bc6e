import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { logger } from "@/server/observability/logger";
import type { Json } from "@/server/plan/values/json";
import { type AuditEntry, writeAuditIn } from "@/server/teams/write-audit";
import type { Actor, NewRunEvent, StepError } from "../events";
import { admitNextRun, type RunQueue } from "./admit-runs";
import { RUN_EVENTS_CHANNEL, RUN_SIGNALS_CHANNEL } from "./append-events";
import { toJsonText } from "./json-text";
import { logged, rowsOf } from "./log-events";
import { notReachedOf } from "./not-reached";
import { runStopped, sendSoon } from "./outbox";

const log = logger.child({ part: "runs" });

export type RunEnd =
	| { status: "completed"; output?: Json }
	| { status: "failed"; error: StepError; nodeId?: string }
	| { status: "cancelled"; actor: Actor; reason?: string }
	| { status: "timed_out"; limitSeconds: number };

export interface RunEnding {
	end: RunEnd;
	/** Written only when this ends the run. */
	audit?: AuditEntry;
}

/** A run that a transaction has ended: what remains to be done once it is committed. */
export interface EndedRun {
	runId: string;
	queue: RunQueue | null;
	/** Whether the engine must be notified: it does not know that the run was ended from outside. */
	isStopped: boolean;
}

/**
 * Ends a run, once: cancels what still runs or waits in it, records which steps it never came to and how it ended, and
 * tells the workers to kill its processes; then frees its place for the next run of its queue. Returns false when it had
 * ended already.
 */
export async function endRun(sql: Sql, runId: string, ending: RunEnding): Promise<boolean> {
	const ended = await sql.begin((tx) => endRunIn(tx, runId, ending));
	if (ended === undefined) return false;
	await announceEnd(sql, ended);
	return true;
}

/** Notifies watchers, workers and the engine of a committed end. Chores repeat what fails here. */
export async function announceEnd(sql: Sql, { runId, queue, isStopped }: EndedRun): Promise<void> {
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	notifySoon(sql, RUN_SIGNALS_CHANNEL, runId);
	if (isStopped) sendSoon(sql, runId);
	if (queue === null) return;
	await admitNextRun(sql, queue).catch((error: unknown) =>
		log.warn({ err: error, runId }, "The next run of the queue could not begin at once; it will be tried again"),
	);
}

/**
 * Ends a run in a transaction; undefined when it had ended already. The run is locked before the statement begins: what
 * that finds is what the claim before it has left behind.
 */
export async function endRunIn(
	tx: TransactionSql,
	runId: string,
	{ end, audit }: RunEnding,
): Promise<EndedRun | undefined> {
	const output = end.status === "completed" && end.output !== undefined ? toJsonText(end.output) : null;
	const error = end.status === "failed" ? toJsonText(end.error) : null;
	const isStopped = end.status === "cancelled" || end.status === "timed_out";
	const stopped = runStopped(runId);
	const notReached = notReachedOf(tx, runId);
	const [, [ended]] = await Promise.all([
		tx`select 1 from runs where id = ${runId} for update`,
		tx<{ workflowId: string; concurrencyKey: string | null }[]>`
			with run as materialized (
				select r.id, r.last_seq, r.workflow_id, r.concurrency_key, p.plan->'nodes' as nodes
				from runs r join plans p on p.team_id = r.team_id and p.hash = r.plan_hash
				where r.id = ${runId} and r.ended_at is null
			), ${notReached.records}, cancelled as (
				update run_steps s set status = 'cancelled', owner = null, claim = claim + 1, ended_at = now()
				from run
				where s.run_id = ${runId} and s.status in ('running', 'retrying', 'open', 'waiting')
				returning s.node_id, s.iteration
			), events as (
				select 1 as nth, 'step.cancelled' as type, node_id, iteration, '{}'::jsonb as data from cancelled
				union all select 2, type, null, '', data from ${notReached.events} n
				union all select 3, type, node_id, iteration, data from run, ${rowsOf(tx, [endEvent(end)])} e
			), closed as (
				update runs set status = ${end.status}, ended_at = now(), held = false, output = ${output}::text::json,
					error = ${error}::text::jsonb, last_seq = last_seq + (select count(*) from events)
				where id = ${runId} and exists (select from run)
			), withdrawn as (
				delete from outbox where run_id = ${runId} and exists (select from run)
			), announced as (
				insert into outbox (id, run_id, name, data)
				select ${stopped.id}, ${runId}, ${stopped.name}, ${toJsonText(stopped.data)}::text::jsonb
				from run where ${isStopped}
			), ${logged(tx)}
			select workflow_id as "workflowId", concurrency_key as "concurrencyKey"
			from run`,
	]);
	if (ended === undefined) return undefined;
	if (audit) await writeAuditIn(tx, audit);
	const { workflowId, concurrencyKey } = ended;
	return { runId, queue: concurrencyKey === null ? null : { workflowId, concurrencyKey }, isStopped };
}

function endEvent(end: RunEnd): NewRunEvent {
	switch (end.status) {
		case "completed":
			return { type: "run.completed", data: { output: end.output } };
		case "failed":
			return { type: "run.failed", data: { error: end.error, nodeId: end.nodeId } };
		case "cancelled":
			return { type: "run.cancelled", data: { actor: end.actor, reason: end.reason } };
		case "timed_out":
			return { type: "run.timed_out", data: { limitSeconds: end.limitSeconds } };
	}
}
