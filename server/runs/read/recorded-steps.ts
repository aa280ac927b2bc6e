import type { Sql } from "@/db/client";
import type { NodeId } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { Iteration } from "../events";
import type { RunKind } from "../store/new-run";
import { readRenames } from "./read-renames";

/** What a step read and put out when it ran last. */
export interface RecordedStep {
	nodeId: NodeId;
	iteration: Iteration;
	status: "completed" | "failed";
	input: JsonObject | null;
	output: Json;
	/** The whole `input` and `output`, encrypted, if those are redacted. Never shown. */
	sealed: SealedRecord;
	port: string | null;
	endedAt: Date;
	run: { id: string; number: number; kind: RunKind };
}

export interface SealedRecord {
	/** The step's id in that run: it may have been renamed since. */
	recordedAs: NodeId;
	output: string | null;
	/** A container: what it was opened with. */
	opened: string | null;
}

/** How far back to look: runs and tests of the draft, and the tries since. */
const RECENT_RUNS = 10;
const RECENT_TRIES = 50;
/** Large values are read some at a time. */
const BATCH = 8;

/**
 * The last record of each step in the last runs of a workflow, tests and tries included; of all its steps, or of those
 * named, by the ids of the draft. What a test took from pinned data was put out by nobody. A step that ran many times in
 * a run answers with its last iteration; a failure is told only of steps that have not completed in any of them.
 */
export async function* readRecordedSteps(
	sql: Sql,
	workflowId: string,
	nodeIds?: readonly NodeId[],
): AsyncGenerator<RecordedStep, void> {
	const { renames, until, current } = await readRenames(sql, workflowId);
	const rows = sql<Row[]>`
		with recent as (
			(select id, number, kind, created_at,
					case kind when 'draft' then array(select json_object_keys(pinned->'steps')) else '{}' end as replayed
				from runs where workflow_id = ${workflowId} and kind <> 'try' order by number desc limit ${RECENT_RUNS})
			union all
			(select id, number, kind, created_at, '{}' from runs where workflow_id = ${workflowId} and kind = 'try'
				order by created_at desc limit ${RECENT_TRIES})
		), named as (
			select s.run_id, s.node_id, s.iteration, s.status, s.ended_at, r.number, r.kind, r.created_at,
				case when r.created_at <= ${until} or s.node_id <> all(${[...current]}::text[])
					then coalesce(${JSON.stringify(Object.fromEntries(renames))}::text::jsonb ->> s.node_id, s.node_id)
					else s.node_id end as id
			from recent r join run_steps s on s.run_id = r.id
			where s.status in ('completed', 'failed') and s.output is not null and s.node_id <> all(r.replayed)
		), latest as (
			select distinct on (id) run_id, node_id, iteration, number, kind, id
			from named where ${nodeIds === undefined} or id = any(${[...(nodeIds ?? [])]}::text[])
			order by id, status, created_at desc, ended_at desc, iteration desc
		)
		select l.id as "nodeId", s.iteration, s.status, s.input, s.output, s.port, s.ended_at as "endedAt",
			json_build_object('recordedAs', s.node_id, 'output', s.sealed, 'opened', s.opened) as sealed,
			l.run_id as "runId", l.number, l.kind
		from latest l join run_steps s on s.run_id = l.run_id and s.node_id = l.node_id and s.iteration = l.iteration`;
	for await (const batch of rows.cursor(BATCH)) {
		for (const { runId, number, kind, ...step } of batch) yield { ...step, run: { id: runId, number, kind } };
	}
}

interface Row extends Omit<RecordedStep, "run"> {
	runId: string;
	number: number;
	kind: RunKind;
}

/** The trigger and input of a workflow's last run or test, and the variables that it ended with. */
export async function readLastStart(sql: Sql, workflowId: string) {
	const [row] = await sql<LastStart[]>`
		select r.id, r.number, r.kind, r.trigger, r.payload, r.input, r.created_at as "createdAt",
			v.state, v.sealed
		from runs r, lateral (
			select coalesce(jsonb_object_agg(key, value), '{}') as state,
				coalesce(jsonb_object_agg(key, sealed) filter (where sealed is not null), '{}') as sealed
			from run_variables where run_id = r.id
		) v
		where r.workflow_id = ${workflowId} and r.kind <> 'try' order by r.number desc limit 1`;
	return row;
}

interface LastStart {
	id: string;
	number: number;
	kind: RunKind;
	trigger: string;
	payload: JsonObject;
	input: JsonObject;
	createdAt: Date;
	state: JsonObject;
	/** The whole values, encrypted, of those variables that are redacted in `state`, by key. */
	sealed: Record<string, string>;
}

/** What started a run, as `{{ trigger }}` reads it. */
export function triggerOf({ trigger, payload }: Pick<LastStart, "trigger" | "payload">): JsonObject {
	return { type: trigger, ...payload };
}
