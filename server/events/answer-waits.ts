import type { Sql } from "@/db/client";
import { notifySoon } from "@/db/notify";
import type { WaitAnswer } from "@/server/nodes/wait";
import { evaluateCel } from "@/server/plan/expressions/evaluate-cel";
import type { JsonObject } from "@/server/plan/values/json";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import type { StepRef } from "@/server/runs/step-ref";
import { RUN_SIGNALS_CHANNEL } from "@/server/runs/store/append-events";
import { toJsonText } from "@/server/runs/store/json-text";
import { answerAnnouncement, queueEngineEvent, sendSoon } from "@/server/runs/store/outbox";
import { type EventRow, eventColumns, type KnownEvent, toKnownEvent } from "./known-event";

/** Waits, and events of one, that are looked at before any of them is looked at again. */
const WAITS_AT_ONCE = 500;
const EVENTS_AT_ONCE = 50;

interface Waiting extends StepRef {
	teamId: string;
	name: string;
	match: string | null;
	bound: JsonObject;
	seenSeq: string;
}

/**
 * Looks, for one team after the other, for the first event that each waiting step waits for, among those that it has not seen. Senders and waits that
 * begin both call it once they are committed, so that one of them sees the other.
 */
export async function answerWaits(sql: Sql): Promise<void> {
	const waits = await sql<Waiting[]>`
		select w.run_id as "runId", w.node_id as "nodeId", w.iteration, w.team_id as "teamId", w.name, w.match, w.bound,
			w.seen_seq as "seenSeq"
		from event_waits w join run_steps s on s.run_id = w.run_id and s.node_id = w.node_id and s.iteration = w.iteration
		where s.status = 'waiting' and s.answer is null and exists (
			select from events e where e.team_id = w.team_id and e.name = w.name and e.seq > w.seen_seq
		)
		order by row_number() over (partition by w.team_id order by w.began_at), w.began_at limit ${WAITS_AT_ONCE}`;
	await forEachSettled(waits, (wait) => answerWait(sql, wait));
}

/** Until it is answered, or has seen all there are. */
async function answerWait(sql: Sql, wait: Waiting): Promise<void> {
	for (let { seenSeq } = wait; ; ) {
		const events = await sql<(EventRow & { seq: string })[]>`
			select ${eventColumns(sql)}, e.seq from events e
				left join runs r on r.id = e.run_id left join workflows w on w.id = r.workflow_id
			where e.team_id = ${wait.teamId} and e.name = ${wait.name} and e.seq > ${seenSeq}
			order by e.seq limit ${EVENTS_AT_ONCE}`;
		let problem: string | null = null;
		for (const row of events) {
			const event = toKnownEvent(row);
			const found = matches(wait, event);
			if (found === true) return await answer(sql, wait, event);
			problem = found === false ? problem : found.problem;
		}
		const last = events.at(-1)?.seq;
		if (last === undefined) return;
		await sql`
			update event_waits set seen_seq = greatest(seen_seq, ${last}), problem = coalesce(${problem}, problem)
			where run_id = ${wait.runId} and node_id = ${wait.nodeId} and iteration = ${wait.iteration}`;
		seenSeq = last;
	}
}

/** An expression that cannot be worked out for an event is about other events. */
function matches({ match, bound }: Waiting, event: KnownEvent): boolean | { problem: string } {
	if (match === null) return true;
	try {
		return evaluateCel(match, { ...bound, event }) === true;
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}

/** The first answer counts; a run that was cancelled meanwhile has none. */
async function answer(sql: Sql, wait: Waiting, event: KnownEvent): Promise<void> {
	const { runId, nodeId, iteration } = wait;
	const place = { nodeId, iteration };
	const given: WaitAnswer = { for: "event", at: new Date().toISOString(), event };
	await sql.begin(async (tx) => {
		await tx`select 1 from runs where id = ${runId} for update`;
		const answered = await tx`
			update run_steps set answer = ${toJsonText(given)}::text::jsonb
			where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration} and status = 'waiting'
				and answer is null
			returning 1`;
		await tx`delete from event_waits where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}`;
		if (answered.length > 0) await queueEngineEvent(tx, answerAnnouncement(runId, place));
	});
	notifySoon(sql, RUN_SIGNALS_CHANNEL, runId);
	sendSoon(sql, runId);
}
