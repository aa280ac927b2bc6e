import type { SqlLike } from "@/db/client";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent } from "../events";
import type { StepRef } from "../step-ref";
import { toJsonText } from "./json-text";

type Place = Pick<StepRef, "nodeId" | "iteration">;

/** A record of a walk that its next statement writes. */
export type PendingRecord =
	/** Idempotent: several walks may record it. */
	| ({ kind: "skipped" } & Place)
	/** A step without effect, executed without a claim. The statement fails if another worker has recorded it. */
	| ({ kind: "done"; startedAt: number } & Completed)
	/** A step executed under a claim. The statement fails if the claim was lost. */
	| ({ kind: "claimed"; worker: string; claim: number } & Completed);

/** A completed step as it is stored: redacted; `sealed` holds the whole output, encrypted, if the redaction changed it. */
export interface Completed extends Place {
	port: string;
	input: Json;
	output: Json;
	sealed: string | null;
	events: readonly NewRunEvent[];
}

/**
 * Parts of a statement that records what is pending. It must begin with a CTE `run` that holds the run's row locked, with
 * its `status`, and select `holds`. A paused run takes what was claimed before and nothing that was begun since; an ended
 * one takes nothing. The statement fails, and changes nothing, where the records are not what the walk believes.
 */
export function recordsOf(sql: SqlLike, runId: string, pending: readonly PendingRecord[]) {
	const firstDone = pending.findIndex(({ kind }) => kind === "done");
	const skipped = pending.flatMap((record, index) =>
		record.kind === "skipped" ? [{ ...placeOf(record), certain: firstDone === -1 || index < firstDone }] : [],
	);
	const done = pending.flatMap((record) =>
		record.kind === "done" ? [{ ...storedOf(record), started_at: record.startedAt / 1000 }] : [],
	);
	const claimed = pending.flatMap((record) =>
		record.kind === "claimed" ? [{ ...storedOf(record), worker: record.worker, claim: record.claim }] : [],
	);
	const events = pending.flatMap(eventsOf);
	const records = sql`
		skipped as (
			insert into run_steps (run_id, node_id, iteration, status, ended_at)
			select ${runId}, s.node_id, s.iteration, 'skipped', now()
			from run, jsonb_to_recordset(${toJsonText(skipped)}::text::jsonb) as s (node_id text, iteration text, certain boolean)
			where run.status = 'running' or (run.status = 'paused' and s.certain)
			on conflict do nothing returning node_id, iteration
		), done as (
			insert into run_steps (run_id, node_id, iteration, status, attempt, port, input, output, sealed, started_at, ended_at)
			select ${runId}, d.node_id, d.iteration, 'completed', 1, d.port, d.input, coalesce(d.output, 'null'::json), d.sealed,
				to_timestamp(d.started_at), now()
			from run, json_to_recordset(${toJsonText(done)}::text::json)
				as d (node_id text, iteration text, port text, input json, output json, sealed text, started_at float8)
			where run.status = 'running'
		), finished as (
			update run_steps s set status = 'completed', owner = null, port = f.port, input = f.input,
				output = coalesce(f.output, 'null'::json), sealed = f.sealed, error = null, retry_at = null, ended_at = now()
			from run, json_to_recordset(${toJsonText(claimed)}::text::json)
				as f (node_id text, iteration text, port text, input json, output json, sealed text, worker text, claim int)
			where run.status in ('running', 'paused') and s.run_id = ${runId} and s.node_id = f.node_id
				and s.iteration = f.iteration and s.status = 'running' and s.owner = f.worker and s.claim = f.claim
			returning 1
		), guard as (
			select 1 / case when run.status not in ('running', 'paused')
				or (select count(*) from finished) = ${claimed.length} then 1 else 0 end as holds from run
		)`;
	const log = sql`(
		select e.nth, e.type, e.node_id, e.iteration, e.data
		from run, rows from (jsonb_to_recordset(${toJsonText(events)}::text::jsonb)
			as (kind text, type text, node_id text, iteration text, data jsonb)) with ordinality as e (kind, type, node_id, iteration, data, nth)
		where case e.kind
			when 'skipped' then exists (select from skipped k where k.node_id = e.node_id and k.iteration = e.iteration)
			when 'done' then run.status = 'running'
			else run.status in ('running', 'paused') end)`;
	return { records, log };
}

interface StoredEvent {
	kind: PendingRecord["kind"];
	type: NewRunEvent["type"];
	node_id: string | null;
	iteration: string;
	data: unknown;
}

function eventsOf(record: PendingRecord): StoredEvent[] {
	const { kind } = record;
	if (kind === "skipped") return [{ kind, type: "step.skipped", ...placeOf(record), data: {} }];
	return record.events.map(({ type, nodeId, iteration, data }) => ({
		...{ kind, type, node_id: nodeId ?? null, iteration: iteration ?? "", data },
	}));
}

function placeOf({ nodeId, iteration }: Place) {
	return { node_id: nodeId, iteration };
}

function storedOf({ port, input, output, sealed, ...place }: Completed) {
	return { ...placeOf(place), port, input, output, sealed };
}
