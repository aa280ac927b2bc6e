import type { Sql, SqlLike } from "@/db/client";
import { notifySoon } from "@/db/notify";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent, StepError, Usage } from "../events";
import { billedUsd, totalTokens } from "../state";
import type { StepRef } from "../step-ref";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { charged } from "./charge-calls";
import { toJsonText } from "./json-text";
import { logged, loggedAndCounted, rowsOf } from "./log-events";

export interface StepRecord extends StepRef {
	/** The status, and for a running step the claim, that the step must have. */
	from:
		| { status: "running"; worker: string; claim: number }
		| { status: "open" }
		/** `answered`: whether an answer was there when the end of the wait was made up; one that came since counts. */
		| { status: "waiting"; answered: boolean };
	to:
		| { status: "completed"; port: string; output: Json }
		| { status: "failed"; port: string | null; error: StepError; output?: Json }
		| { status: "retrying"; delayMs: number; error: StepError }
		/** `until`: milliseconds since the epoch, null when only an answer ends the wait. */
		| { status: "waiting"; until: number | null }
		| { status: "open"; output?: Json }
		| { status: "cancelled" };
	/** The resolved config with its secrets redacted; kept from an earlier record when left out. */
	input?: Json;
	events: readonly NewRunEvent[];
	usage: readonly Usage[];
	/** Changes to the run's variables; undefined deletes. */
	variables?: ReadonlyMap<string, Json | undefined>;
	/** The whole output (of a container that opens: its resolved config), encrypted, if `to.output` is redacted. */
	sealed?: string | null;
	/** The same for variables, by key. */
	sealedVariables?: ReadonlyMap<string, string | null>;
}

/**
 * Records what became of a step, with its events, its cost and its changes to the run's variables, in one statement
 * guarded by the claim. Returns false when the claim was lost or the run ended meanwhile: then nothing at all was written.
 */
export async function recordStep(sql: Sql, record: StepRecord): Promise<boolean> {
	const isAccepted = await recordStepIn(sql, record);
	if (isAccepted) notifySoon(sql, RUN_EVENTS_CHANNEL, record.runId);
	return isAccepted;
}

/** The same within a transaction, after which the caller notifies the watchers. */
export async function recordStepIn(sql: SqlLike, record: StepRecord): Promise<boolean> {
	const { runId, nodeId, iteration, from, to } = record;
	const claim = from.status === "running" ? from.claim : null;
	const worker = from.status === "running" ? from.worker : null;
	const answered = from.status === "waiting" ? from.answered : null;
	const ended = to.status === "completed" || to.status === "failed" || to.status === "cancelled";
	const output = "output" in to && to.output !== undefined ? toJsonText(to.output) : null;
	const sealed = record.sealed ?? null;
	const error = "error" in to ? toJsonText(to.error) : null;
	const changes = [...(record.variables ?? [])];
	const set = toJsonText(
		changes.flatMap(([key, value]) =>
			value === undefined ? [] : [{ key, value, sealed: record.sealedVariables?.get(key) ?? null }],
		),
	);
	const dropped = changes.flatMap(([key, value]) => (value === undefined ? [key] : []));
	const cost = billedUsd(record.usage);
	const tokens = record.usage.reduce((sum, usage) => sum + totalTokens(usage), 0);
	const [row] = await sql<{ accepted: boolean }[]>`
		with run as materialized (
			select id, team_id, workflow_id, last_seq from runs where id = ${runId} and ended_at is null for update
		), done as (
			update run_steps s set
				status = ${to.status}, owner = null,
				port = ${"port" in to ? to.port : null}, output = ${output}::text::json, error = ${error}::text::jsonb,
				sealed = ${sealed}, opened = coalesce(${to.status === "open" ? sealed : null}, s.opened),
				input = coalesce(${record.input === undefined ? null : toJsonText(record.input)}::text::json, s.input),
				retry_at = case when ${to.status === "retrying"} then now() + make_interval(secs => ${to.status === "retrying" ? to.delayMs / 1000 : 0})
					else to_timestamp(${to.status === "waiting" && to.until !== null ? to.until / 1000 : null}::float8) end,
				ended_at = case when ${ended} then now() end
			from run
			where s.run_id = ${runId} and s.node_id = ${nodeId} and s.iteration = ${iteration}
				and s.status = ${from.status} and s.owner is not distinct from ${worker}
				and (${claim}::int is null or s.claim = ${claim})
				and (${answered}::boolean is null or (s.answer is not null) = ${answered})
			returning 1
		)${record.usage.length > 0 ? sql`, accepted as (select from done), ${charged(sql, record, record.usage)}` : sql``}, bump as (
			update runs set last_seq = last_seq + ${record.events.length},
				cost_usd = cost_usd + ${cost}::float8, tokens = tokens + ${tokens}
			where id = ${runId} and exists (select from done)
		), events as (
			select e.* from done, ${rowsOf(sql, record.events)} e
		), ${logged(sql)}, kept as (
			insert into run_variables (run_id, key, value, sealed)
			select ${runId}, v->>'key', v->'value', v->>'sealed'
			from done, jsonb_array_elements(${set}::text::jsonb) as v
			on conflict (run_id, key) do update set value = excluded.value, sealed = excluded.sealed, sealed_in = null
		), dropped as (
			delete from run_variables where run_id = ${runId} and key = any(${dropped}::text[]) and exists (select from done)
		)
		select exists (select from done) as accepted`;
	return row?.accepted ?? false;
}

/**
 * Appends log lines and tokens while a step runs, as long as the claim stands. Returns false when it was lost.
 */
export async function appendStepEvents(
	sql: Sql,
	owned: StepRef & { worker: string; claim: number },
	events: readonly NewRunEvent[],
): Promise<boolean> {
	const { runId, nodeId, iteration } = owned;
	const [row] = await sql<{ accepted: boolean }[]>`
		with run as materialized (
			select id, last_seq from runs where id = ${runId} and ended_at is null for update
		), mine as (
			select 1 from run_steps, run
			where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}
				and owner = ${owned.worker} and claim = ${owned.claim} and run_steps.status = 'running'
		), events as (
			select e.* from mine, ${rowsOf(sql, events)} e
		), ${loggedAndCounted(sql, runId)}
		select exists (select from mine) as accepted`;
	if (row?.accepted) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return row?.accepted ?? false;
}

/** Records the input of a step that takes long, before its end. Does nothing if the claim was lost. */
export async function recordInput(
	sql: Sql,
	owned: StepRef & { worker: string; claim: number },
	input: Json,
): Promise<void> {
	await sql`
		update run_steps set input = ${toJsonText(input)}::text::json
		where run_id = ${owned.runId} and node_id = ${owned.nodeId} and iteration = ${owned.iteration}
			and owner = ${owned.worker} and claim = ${owned.claim} and status = 'running'
			and exists (select from runs where id = ${owned.runId} and ended_at is null)`;
}
