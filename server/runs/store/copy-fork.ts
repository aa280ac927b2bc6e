import type { TransactionSql } from "postgres";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent } from "../events";
import { appendEvents } from "./append-events";
import { toJsonText } from "./json-text";
import type { RunFork } from "./run-fork";

/** What a run takes over of another one. */
export interface ForkSource {
	fork: RunFork;
	/** The first event of the other run that this one does not share. */
	cut: number;
	/** The transcript of the step: places in the other run's, from 1, and entries of its own. */
	entries: readonly (number | Json)[];
	/** What follows the copied events. */
	events: readonly NewRunEvent[];
	/** Calls whose results, behind this event, are not taken over. */
	replaced: { after: number; ids: readonly string[] };
	seals: ForkSeals;
}

/** Seals what was sealed in one run for another. */
export interface ForkSeals {
	output(sealed: string, place: StepPlace): string;
	decision(sealed: string, place: StepPlace): string;
	/** @param entry its places in the transcripts, and the run that it is for */
	turn(sealed: string, entry: { runId: string; from: number; to: number }): string;
}

interface StepPlace {
	/** Of the new run. */
	runId: string;
	nodeId: string;
	iteration: string;
}

/**
 * Copies into a run that was just inserted what had ended in another when a turn of its agent began: records of steps,
 * decisions of loops, the transcript until then, and the events that tell of them. Nothing of it costs anything.
 */
export async function copyFork(tx: TransactionSql, runId: string, source: ForkSource): Promise<void> {
	await copySteps(tx, runId, source);
	await copyDecisions(tx, runId, source);
	await copyTranscript(tx, runId, source);
	await copyEvents(tx, runId, source);
	await appendEvents(tx, runId, source.events);
}

async function copySteps(tx: TransactionSql, runId: string, { fork, cut, seals }: ForkSource): Promise<void> {
	await tx`
		with last as (
			select distinct on (node_id, iteration) node_id, iteration, type, data from run_events
			where run_id = ${fork.runId} and seq < ${cut} and node_id is not null
				and type in ('step.started', 'step.retrying', 'step.waiting', 'step.completed', 'step.failed', 'step.skipped')
			order by node_id, iteration, seq desc
		)
		insert into run_steps (run_id, node_id, iteration, status, attempt, input, output, sealed, opened, port, error,
			started_at, ended_at)
		select ${runId}, s.node_id, s.iteration, s.status, s.attempt, s.input, s.output, s.sealed, s.opened, s.port, s.error,
			now(), now()
		from last l join run_steps s using (node_id, iteration)
		where s.run_id = ${fork.runId} and (s.node_id, s.iteration) <> (${fork.nodeId}, ${fork.iteration})
			and (l.type = 'step.completed' and s.status = 'completed' or l.type = 'step.skipped' and s.status = 'skipped'
				or l.type = 'step.failed' and s.status = 'failed' and l.data->>'port' is not null)`;
	const rows = await tx<(StepPlace & { sealed: string | null; opened: string | null })[]>`
		select run_id as "runId", node_id as "nodeId", iteration, sealed, opened from run_steps
		where run_id = ${runId} and (sealed is not null or opened is not null)`;
	for (const { sealed, opened, ...place } of rows) {
		const anew = (text: string | null) => text && seals.output(text, place);
		await tx`
			update run_steps set sealed = ${anew(sealed)}, opened = ${anew(opened)}
			where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
	}
}

/** Those after iterations of which all that had begun had ended, with another one behind them. */
async function copyDecisions(tx: TransactionSql, runId: string, { fork, cut, seals }: ForkSource): Promise<void> {
	const rows = await tx<(StepPlace & { sealed: string | null })[]>`
		insert into loop_iterations (run_id, node_id, iteration, stop, problem, vars, sealed)
		select ${runId}, l.node_id, l.iteration, l.stop, l.problem, l.vars, l.sealed
		from loop_iterations l
		where l.run_id = ${fork.runId} and not l.stop and l.problem is null
			and exists (
				select from run_events e where e.run_id = l.run_id and e.seq < ${cut} and e.type = 'step.iterated'
					and e.node_id = l.node_id
					and (case e.iteration when '' then '' else e.iteration || '.' end) || ((e.data->>'index')::int - 1) = l.iteration
			)
			and not exists (
				select from run_events e where e.run_id = l.run_id and e.seq < ${cut} and e.type = 'step.started'
					and (e.iteration = l.iteration or starts_with(e.iteration, l.iteration || '.'))
					and not exists (
						select from run_steps s
						where s.run_id = ${runId} and s.node_id = e.node_id and s.iteration = e.iteration
					)
			)
		returning run_id as "runId", node_id as "nodeId", iteration, sealed`;
	for (const { sealed, ...place } of rows) {
		if (sealed === null) continue;
		await tx`
			update loop_iterations set sealed = ${seals.decision(sealed, place)}
			where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
	}
}

async function copyTranscript(tx: TransactionSql, runId: string, { fork, entries, seals }: ForkSource): Promise<void> {
	const { nodeId, iteration } = fork;
	const copied = entries.flatMap((from, index) => (typeof from === "number" ? [{ from, to: index + 1 }] : []));
	const own = entries.flatMap((entry, index) => (typeof entry === "number" ? [] : [{ seq: index + 1, entry }]));
	await tx`
		insert into agent_turns (run_id, node_id, iteration, seq, entry, sealed)
		select ${runId}, t.node_id, t.iteration, c.to_seq, t.entry, t.sealed
		from unnest(${copied.map(({ from }) => from)}::int[], ${copied.map(({ to }) => to)}::int[]) as c (from_seq, to_seq)
			join agent_turns t on t.run_id = ${fork.runId} and t.node_id = ${nodeId} and t.iteration = ${iteration}
				and t.seq = c.from_seq`;
	await tx`
		insert into agent_turns (run_id, node_id, iteration, seq, entry)
		select ${runId}, ${nodeId}, ${iteration}, (o->>'seq')::int, (o->'entry')::text::json
		from json_array_elements(${toJsonText(own)}::text::json) as o`;
	const fromOf = new Map(copied.map(({ from, to }) => [to, from]));
	const rows = await tx<{ seq: number; sealed: string }[]>`
		select seq, sealed from agent_turns where run_id = ${runId} and sealed is not null`;
	for (const { seq, sealed } of rows) {
		const anew = seals.turn(sealed, { runId, from: fromOf.get(seq) ?? seq, to: seq });
		await tx`update agent_turns set sealed = ${anew} where run_id = ${runId} and seq = ${seq}`;
	}
}

/** Behind the run's first event. What is told of turns says that they were taken, and paid for, elsewhere. */
async function copyEvents(
	tx: TransactionSql,
	runId: string,
	{ fork, cut, replaced }: Pick<ForkSource, "fork" | "cut" | "replaced">,
): Promise<void> {
	const line = { level: "info", text: `Not run: it had ended in run ${fork.number}.`, at: Date.now() };
	await tx`
		with copied as (
			select e.seq, 1 as part, e.type, e.node_id, e.iteration, e.data
			from run_events e join run_steps s on s.run_id = ${runId} and s.node_id = e.node_id and s.iteration = e.iteration
			where e.run_id = ${fork.runId} and e.seq < ${cut}
				and (e.type in ('step.completed', 'step.failed', 'step.skipped')
					or e.type = 'step.started' and (e.data->>'attempt')::int = s.attempt)
			union all
			select e.seq, 0, 'step.log', e.node_id, e.iteration, ${toJsonText({ lines: [line] })}::text::jsonb
			from run_events e join run_steps s on s.run_id = ${runId} and s.node_id = e.node_id and s.iteration = e.iteration
			where e.run_id = ${fork.runId} and e.seq < ${cut} and e.type = 'step.completed'
			union all
			select seq, 1, type, node_id, iteration, data from run_events
			where run_id = ${fork.runId} and seq < ${cut} and type = 'step.iterated'
			union all
			select seq, 1, type, node_id, iteration, case type
					when 'agent.turn' then data || '{"tokens": 0, "costUsd": 0, "copied": true}'
					when 'agent.note' then data - 'tokens' - 'costUsd' else data end
			from run_events
			where run_id = ${fork.runId} and seq < ${cut} and node_id = ${fork.nodeId} and iteration = ${fork.iteration}
				and type in ('agent.turn', 'agent.call', 'agent.result', 'agent.note')
				and not (type = 'agent.result' and seq > ${replaced.after} and data->>'id' = any(${[...replaced.ids]}::text[]))
		), added as (
			insert into run_events (run_id, seq, type, node_id, iteration, data)
			select ${runId}, 1 + row_number() over (order by seq, part), type, node_id, iteration, data from copied
			returning 1
		)
		update runs set last_seq = last_seq + (select count(*) from added) where id = ${runId}`;
}
