import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import type { WaitAnswer } from "@/server/nodes/wait";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent, Usage } from "../events";
import { billedUsd, totalTokens } from "../state";
import type { StepRef } from "../step-ref";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { charged } from "./charge-calls";
import { toJsonText } from "./json-text";
import { logged, rowsOf } from "./log-events";

export interface StoredTurn {
	entry: Json;
	sealed: string | null;
}

interface NewTurn extends StoredTurn {
	/** From 1: one that is stored already is refused. */
	seq: number;
	events: readonly NewRunEvent[];
	usage: readonly Usage[];
	/** Takes the answer to what the step asked off its row: what it led to stands in this entry. */
	takesAnswer: boolean;
}

/**
 * Appends one entry, with its events and its cost, in one statement under the step's claim. Returns undefined when the claim was
 * lost or the run has ended: then nothing was written. Workers that were lost before it no longer count: the step gets on.
 */
export async function appendTurn(
	sql: Sql,
	owned: StepRef & { worker: string; claim: number },
	{ seq, entry, sealed, events, usage, takesAnswer }: NewTurn,
): Promise<{ isPaused: boolean } | undefined> {
	const { runId, nodeId, iteration } = owned;
	const cost = billedUsd(usage);
	const tokens = usage.reduce((sum, used) => sum + totalTokens(used), 0);
	const [row] = await sql<{ isPaused: boolean }[]>`
		with run as materialized (
			select id, team_id, workflow_id, status, last_seq from runs where id = ${runId} and ended_at is null for update
		), mine as (
			update run_steps s set answer = case when ${takesAnswer}::boolean then null else s.answer end, lost = 0
			from run
			where s.run_id = ${runId} and s.node_id = ${nodeId} and s.iteration = ${iteration}
				and s.owner = ${owned.worker} and s.claim = ${owned.claim} and s.status = 'running'
			returning 1
		), kept as (
			insert into agent_turns (run_id, node_id, iteration, seq, entry, sealed)
			select ${runId}, ${nodeId}, ${iteration}, ${seq}, ${toJsonText(entry)}::text::json, ${sealed} from mine
			-- Written already, by the same claim: the answer to that statement was lost.
			on conflict do nothing
			returning 1
		)${usage.length > 0 ? sql`, accepted as (select from kept), ${charged(sql, owned, usage)}` : sql``}, events as (
			select e.* from kept, ${rowsOf(sql, events)} e
		), spent as (
			update runs set cost_usd = cost_usd + ${cost}::float8, tokens = tokens + ${tokens},
				last_seq = last_seq + (select count(*) from events)
			where id = ${runId} and exists (select from kept)
		), ${logged(sql)}
		select run.status = 'paused' as "isPaused" from run, mine`;
	if (row !== undefined && events.length > 0) notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	return row;
}

/**
 * Charges what a step has used although its run was ended meanwhile, such as an agent that was cancelled: its entry has no
 * place any more, its cost has. Does nothing in a run that goes on.
 */
export async function chargeEnded(
	sql: Sql,
	step: StepRef,
	{ seq, usage }: Pick<NewTurn, "seq" | "usage">,
): Promise<void> {
	const { runId, nodeId, iteration } = step;
	await sql`
		with run as materialized (
			select id, team_id, workflow_id from runs where id = ${runId} and ended_at is not null
				and not exists (select from agent_turns where run_id = ${runId} and node_id = ${nodeId}
					and iteration = ${iteration} and seq = ${seq})
			for update
		), accepted as (select from run), ${charged(sql, step, usage)}
		update runs set cost_usd = cost_usd + ${billedUsd(usage)}::float8,
			tokens = tokens + ${usage.reduce((sum, used) => sum + totalTokens(used), 0)}
		where id in (select id from run)`;
}

interface ReadTurns {
	turns: StoredTurn[];
	/** The answer to what the step asked last, until it is taken. */
	answer: WaitAnswer | null;
}

/** What a step has recorded so far, in order. */
export async function readTurns(sql: Sql, { runId, nodeId, iteration }: StepRef): Promise<ReadTurns> {
	const [row] = await sql<{ turns: StoredTurn[]; answer: WaitAnswer | null }[]>`
		select s.answer,
			coalesce((
				select json_agg(json_build_object('entry', t.entry, 'sealed', t.sealed) order by t.seq) from agent_turns t
				where t.run_id = s.run_id and t.node_id = s.node_id and t.iteration = s.iteration
			), '[]') as turns
		from run_steps s
		where s.run_id = ${runId} and s.node_id = ${nodeId} and s.iteration = ${iteration}`;
	return { turns: row?.turns ?? [], answer: row?.answer ?? null };
}
