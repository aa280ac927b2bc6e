import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { recordFailure, recovered, TOOK_TOO_LONG } from "@/server/failures/record-failure";
import { announceInboxes } from "@/server/notifications/notify";
import { notifyRunFailed } from "@/server/notifications/notify-run-failed";
import { logger } from "@/server/observability/logger";
import type { Json } from "@/server/plan/values/json";
import { type AuditEntry, writeAuditIn } from "@/server/teams/write-audit";
import type { Actor, NewRunEvent, StepError } from "../events";
import type { StepRef } from "../step-ref";
import { admitNextRun, type RunQueue } from "./admit-runs";
import { RUN_EVENTS_CHANNEL, RUN_SIGNALS_CHANNEL } from "./append-events";
import { announceAnswers, answeredSteps, callersAnswered, findAbandonedCalls } from "./called-runs";
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
	/** Whose inboxes it has changed: of those who were asked for a decision in it, and of whoever hears that it failed. */
	told: string[];
	/** The steps of other runs that waited for it: one at most. */
	callers: StepRef[];
	/** Whether it waited for runs that it has called: they end with it. */
	hasCalls: boolean;
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
export async function announceEnd(sql: Sql, ended: EndedRun): Promise<void> {
	const { runId, queue, isStopped, told, callers, hasCalls } = ended;
	announceInboxes(sql, told);
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	notifySoon(sql, RUN_SIGNALS_CHANNEL, runId);
	if (isStopped) sendSoon(sql, runId);
	const warn = (what: string) => (err: unknown) => log.warn({ err, runId }, `${what}; it will be tried again`);
	await announceAnswers(sql, callers).catch(warn("A run that has called this one could not be told at once"));
	if (hasCalls)
		await endAbandonedCalls(sql, runId).catch(warn("A run that this one has called could not be ended at once"));
	if (queue !== null) await admitNextRun(sql, queue).catch(warn("The next run of the queue could not begin at once"));
}

/** Ends the runs that steps have waited for, of one run or of all, and with them those that they have called. */
export async function endAbandonedCalls(sql: Sql, callerRunId: string | null = null): Promise<void> {
	for (const id of await findAbandonedCalls(sql, callerRunId)) {
		const actor: Actor = { kind: "system", name: "Weft" };
		await endRun(sql, id, { end: { status: "cancelled", actor, reason: "The step that waited for it has ended." } });
	}
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
		tx<EndedRow[]>`
			with run as materialized (
				select r.id, r.kind, r.last_seq, r.workflow_id, r.concurrency_key, p.plan->'nodes' as nodes
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
			), ${callersAnswered(tx, tx`(select id from run)`)}, ${recovered(
				tx,
				tx`(
				select id, workflow_id from run where kind = 'workflow' and ${end.status === "completed"}
			)`,
			)}, ${logged(tx)}
			select workflow_id as "workflowId", concurrency_key as "concurrencyKey", ${answeredSteps(tx)} as callers,
				exists (select from runs c where c.caller_run_id = ${runId} and c.is_awaited and c.ended_at is null) as "hasCalls", array(
				select distinct n.user_id from cancelled c join notifications n on n.run_id = ${runId} and n.kind = 'approval'
					and n.data->>'nodeId' = c.node_id and n.data->>'iteration' = c.iteration and n.read_at is null
			) as asked
			from run`,
	]);
	if (ended === undefined) return undefined;
	if (audit) await writeAuditIn(tx, audit);
	const { workflowId, concurrencyKey, asked, callers, hasCalls } = ended;
	const told = [...asked, ...(await tellOfFailure(tx, runId, end))];
	const queue = concurrencyKey === null ? null : { workflowId, concurrencyKey };
	return { runId, queue, isStopped, told, callers, hasCalls };
}

interface EndedRow extends Pick<EndedRun, "callers" | "hasCalls"> {
	workflowId: string;
	concurrencyKey: string | null;
	asked: string[];
}

/** Runs that end well, or because somebody wanted it, cost nothing more. */
async function tellOfFailure(tx: TransactionSql, runId: string, end: RunEnd): Promise<string[]> {
	if (end.status !== "failed" && end.status !== "timed_out") return [];
	const failure =
		end.status === "failed" ? { message: end.error.message, nodeId: end.nodeId } : { message: TOOK_TOO_LONG };
	const told = await notifyRunFailed(tx, { runId, ...failure });
	await recordFailure(tx, runId, failure.nodeId);
	return told;
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
