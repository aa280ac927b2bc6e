import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import type { WaitAnswer } from "@/server/nodes/wait";
import type { RunEventData } from "../events";
import type { StepRef } from "../step-ref";
import { appendEvents, RUN_EVENTS_CHANNEL, RUN_SIGNALS_CHANNEL } from "./append-events";
import { toJsonText } from "./json-text";
import { loggedAndCounted } from "./log-events";
import { type PendingRecord, recordsOf } from "./pending-records";

export interface ClaimRequest extends StepRef {
	/** The worker that asks. */
	worker: string;
	/** From the node's retry policy; shown beside the attempt. */
	maxAttempts: number;
	/** The iteration of a container that begins with this step. */
	begins?: { container: Pick<StepRef, "nodeId" | "iteration">; data: RunEventData<"step.iterated"> };
}

export interface ClaimBatch {
	/** Steps of one run, each once. */
	requests: readonly ClaimRequest[];
	/** Records of the walk since its last statement: written before the claims, by the same statement. */
	pending: readonly PendingRecord[];
}

export type ClaimAnswer =
	| { kind: "claimed"; attempt: number; claim: number; lost: number }
	| { kind: "ended"; status: "completed" | "failed" | "skipped" | "cancelled"; port: string | null }
	/** `until`: when a wait is over, in milliseconds since the epoch; null when only an answer ends it. */
	| { kind: "suspended"; status: "open" | "waiting"; until: number | null }
	| { kind: "retry-later"; at: number }
	| { kind: "owned"; owner: string; claim: number }
	| { kind: "paused" }
	| { kind: "over-budget"; budgetUsd: number }
	| { kind: "stopped" }
	/** Another worker inserted the row while this statement ran: retry. */
	| { kind: "raced" };

interface ClaimRow {
	/** Which of the requests is answered, from 1. */
	nth: number;
	runStatus: string;
	budgetUsd: number | null;
	overBudget: boolean;
	attempt: number | null;
	claim: number | null;
	lost: number | null;
	status: string | null;
	owner: string | null;
	foundClaim: number | null;
	port: string | null;
	retryAt: number | null;
	/** Events were appended. */
	announced: boolean;
}

/**
 * Claims steps of a run for one worker, in one statement: nobody else executes them while the claims stand, and a step that
 * is recorded already is answered with its record. The engine may deliver a step twice, at once; this is why it happens once.
 * The answers stand in the order of the requests.
 */
export async function claimSteps(
	sql: Sql,
	runId: string,
	{ requests, pending }: ClaimBatch,
): Promise<{ answers: ClaimAnswer[]; runStatus: string | undefined }> {
	const { records, log } = recordsOf(sql, runId, pending);
	const rows = await sql<ClaimRow[]>`
		with run as materialized (
			select id, status, last_seq, budget_usd, coalesce(cost_usd >= budget_usd, false) as over
			from runs where id = ${runId} for update
		), ${records}, asked as materialized (
			select * from rows from (jsonb_to_recordset(${toJsonText(requests.map(askedOf))}::text::jsonb) as (
				node_id text, iteration text, worker text, max_attempts int, container text, outside text, begins jsonb
			)) with ordinality as a (node_id, iteration, worker, max_attempts, container, outside, begins, nth)
		), claimed as (
			insert into run_steps as s (run_id, node_id, iteration, status, attempt, owner, claim, started_at)
			select ${runId}, asked.node_id, asked.iteration, 'running', 1, asked.worker, 1, now()
			from asked, run where run.status = 'running' and not run.over
			on conflict (run_id, node_id, iteration) do update
				set status = 'running', attempt = s.attempt + 1, owner = excluded.owner, claim = s.claim + 1, retry_at = null
				where s.status = 'retrying' and s.owner is null and s.retry_at <= now() + interval '2 milliseconds'
			returning node_id, iteration, attempt, claim, lost
		), events as (
			${log}
			union all
			select 1000000 + 2 * nth, 'step.iterated', container, outside, begins
			from asked join claimed using (node_id, iteration) where attempt = 1 and container is not null
			union all
			select 1000001 + 2 * nth, 'step.started', node_id, iteration,
				jsonb_build_object('attempt', attempt, 'maxAttempts', greatest(attempt, max_attempts))
			from asked join claimed using (node_id, iteration)
		), ${loggedAndCounted(sql, runId)}
		select asked.nth::int, run.status as "runStatus", run.budget_usd as "budgetUsd", run.over as "overBudget",
			claimed.attempt, claimed.claim, claimed.lost, found.status, found.owner, found.claim as "foundClaim", found.port,
			extract(epoch from found.retry_at)::float8 * 1000 as "retryAt",
			exists (select from events) as announced
		from run join guard on holds = 1 cross join asked left join claimed using (node_id, iteration)
			left join run_steps found
				on found.run_id = ${runId} and found.node_id = asked.node_id and found.iteration = asked.iteration`;
	if (rows[0]?.announced) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	const byRequest = new Map(rows.map((row) => [row.nth, row]));
	const answers = requests.map((_, index): ClaimAnswer => {
		const row = byRequest.get(index + 1);
		return row === undefined ? { kind: "stopped" } : readAnswer(row);
	});
	return { answers, runStatus: rows[0]?.runStatus };
}

/** A request as the record that `jsonb_to_recordset` reads. */
function askedOf({ nodeId, iteration, worker, maxAttempts, begins }: ClaimRequest) {
	return {
		...{ node_id: nodeId, iteration, worker, max_attempts: maxAttempts },
		container: begins?.container.nodeId ?? null,
		outside: begins?.container.iteration ?? "",
		begins: begins?.data ?? null,
	};
}

function readAnswer(row: ClaimRow): ClaimAnswer {
	if (row.attempt !== null && row.claim !== null) {
		return { kind: "claimed", attempt: row.attempt, claim: row.claim, lost: row.lost ?? 0 };
	}
	const settled = settledAnswer({ ...row, until: row.retryAt });
	if (settled !== undefined) return settled;
	if (row.runStatus === "paused") return { kind: "paused" };
	if (row.runStatus !== "running") return { kind: "stopped" };
	if (row.overBudget) return { kind: "over-budget", budgetUsd: row.budgetUsd ?? 0 };
	if (row.owner !== null) return { kind: "owned", owner: row.owner, claim: row.foundClaim ?? 0 };
	if (row.status === "retrying" && row.retryAt !== null) return { kind: "retry-later", at: row.retryAt };
	return { kind: "raced" };
}

/** A step that needs no claim: it has ended, or is suspended. */
export type SettledAnswer = Extract<ClaimAnswer, { kind: "ended" | "suspended" }>;

/** The answer that a step's record gives without a claim; undefined if the step must be, or is being, executed. */
export function settledAnswer(row: {
	status: string | null;
	port: string | null;
	until: number | null;
}): SettledAnswer | undefined {
	switch (row.status) {
		case "completed":
		case "failed":
		case "skipped":
		case "cancelled":
			return { kind: "ended", status: row.status, port: row.port };
		case "open":
		case "waiting":
			return { kind: "suspended", status: row.status, until: row.until };
		default:
			return undefined;
	}
}

/** Ends a claim without an end of the step: the one that follows counts the same attempt. @param answer for the step to read */
export async function giveStepBack(
	sql: Sql,
	owned: StepRef & { worker: string; claim: number },
	answer?: WaitAnswer,
): Promise<void> {
	await sql`
		update run_steps set owner = null, status = 'retrying', attempt = attempt - 1, retry_at = now(),
			answer = coalesce(${answer === undefined ? null : toJsonText(answer)}::text::jsonb, answer)
		where run_id = ${owned.runId} and node_id = ${owned.nodeId} and iteration = ${owned.iteration}
			and owner = ${owned.worker} and claim = ${owned.claim} and status = 'running'`;
}

/** A worker that dies this often in one step that does not get on, with no attempts left, has the step failed instead of a further try. */
export const MAX_LOST_ATTEMPTS = 3;

/**
 * Frees a claim whose owner is gone: the lost attempt counts, and the step may be claimed again at once. Does nothing
 * if another worker has released it.
 */
export async function releaseLostStep(sql: Sql, step: StepRef, lostClaim: number): Promise<void> {
	await sql.begin(async (tx) => {
		const living = await tx`select 1 from runs where id = ${step.runId} and ended_at is null for update`;
		if (living.length === 0) return;
		const [row] = await tx<{ attempt: number }[]>`
			update run_steps set owner = null, status = 'retrying', retry_at = now(), lost = lost + 1
			where run_id = ${step.runId} and node_id = ${step.nodeId} and iteration = ${step.iteration}
				and claim = ${lostClaim} and status = 'running' and owner is not null
			returning attempt`;
		if (row === undefined) return;
		const error = { message: "The worker stopped during this attempt.", code: "worker_lost" };
		await appendEvents(tx, step.runId, [
			{
				type: "step.retrying",
				nodeId: step.nodeId,
				iteration: step.iteration,
				data: { attempt: row.attempt, error, retryAt: Date.now() },
			},
		]);
	});
	// A worker that is not dead after all aborts the step.
	notifySoon(sql, RUN_SIGNALS_CHANNEL, step.runId);
}
