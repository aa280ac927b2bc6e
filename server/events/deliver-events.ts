import type { Database, Sql } from "@/db/client";
import { logger } from "@/server/observability/logger";
import { oncePerProcess } from "@/server/once-per-process";
import type { JsonObject } from "@/server/plan/values/json";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import { startTriggers } from "@/server/triggers/signals/start-triggers";
import { takeSignal } from "@/server/triggers/test-events/take-signal";
import { answerWaits } from "./answer-waits";
import { type EventRow, eventColumns, toKnownEvent } from "./known-event";

const log = logger.child({ part: "events" });
/** So many events of one moment, and of one team among them, are handed on before it is looked what came meanwhile. */
const AT_ONCE = 500;
const OF_ONE_TEAM = 20;
const MAX_PASSES = 25;

/**
 * Hands events on that have not been: to the steps that wait for one, then to the triggers of their names. Teams take turns,
 * so that a flood of one holds up no other. Any number of workers may call it at once. What was cut off is repeated, and
 * starts and answers nothing twice.
 */
export async function deliverEvents(database: Database): Promise<void> {
	for (let pass = 0; pass < MAX_PASSES; pass += 1) {
		await answerWaits(database.sql);
		const pending = await listPending(database.sql);
		let delivered = 0;
		await forEachSettled(pending, async (id) => {
			if (await deliver(database, id)) delivered += 1;
		});
		// What another worker is handing on is not waited for.
		if (delivered === 0 || pending.length < OF_ONE_TEAM) return;
	}
}

/** The first of each team, then the second of each. By the index of what is pending, however many a team has. */
async function listPending(sql: Sql): Promise<string[]> {
	const rows = await sql<{ id: string }[]>`
		with recursive waiting as (
			(select team_id from events where delivered_at is null order by team_id limit 1)
			union all
			select (select e.team_id from events e where e.delivered_at is null and e.team_id > w.team_id
				order by e.team_id limit 1)
			from waiting w where w.team_id is not null
		)
		select e.id from waiting w cross join lateral (
			select id, seq, row_number() over (order by seq) as nth from events
			where team_id = w.team_id and delivered_at is null order by seq limit ${OF_ONE_TEAM}
		) e
		order by e.nth, e.seq limit ${AT_ONCE}`;
	return rows.map(({ id }) => id);
}

interface Turn {
	isRunning: boolean;
	isAsked: boolean;
}

/** The same, soon and in the background: a chore repeats what fails. One at a time, so that it takes few connections. */
export function deliverSoon(database: Database): void {
	const turns = oncePerProcess("event-deliveries", () => new WeakMap<Sql, Turn>());
	const turn = turns.get(database.sql) ?? { isRunning: false, isAsked: false };
	turns.set(database.sql, turn);
	turn.isAsked = true;
	if (!turn.isRunning) void takeTurns(database, turn);
}

async function takeTurns(database: Database, turn: Turn): Promise<void> {
	turn.isRunning = true;
	while (turn.isAsked) {
		turn.isAsked = false;
		await deliverEvents(database).catch((err) => log.warn({ err }, "Events could not be handed on; it is tried again"));
	}
	turn.isRunning = false;
}

interface Pending extends EventRow {
	teamId: string;
	depth: number;
}

/** One at a time among all workers, by a lock: no transaction waits for another worker's. False if another one has it. */
async function deliver(database: Database, id: string): Promise<boolean> {
	const { sql } = database;
	return await sql.begin(async (tx) => {
		const [lock] = await tx<{ held: boolean }[]>`
			select pg_try_advisory_xact_lock(hashtextextended(${`deliver ${id}`}, 0)) as held`;
		if (!lock?.held) return false;
		const [event] = await tx<Pending[]>`
			select ${eventColumns(sql)}, e.team_id as "teamId", e.depth
			from events e left join runs r on r.id = e.run_id left join workflows w on w.id = r.workflow_id
			where e.id = ${id} and e.delivered_at is null`;
		if (!event) return false;
		const { teamId, depth } = event;
		const concerned = sql`t.type = 'event' and t.config->>'name' = ${event.name} and t.active_since <= ${event.at}`;
		const [body, from] = [bodyOf(event), senderOf(event)];
		await startTriggers(database, { id, teamId, depth, body, from }, concerned);
		await takeSignal(database, { teamId, name: event.name, at: event.at, body, from });
		await tx`update events set delivered_at = clock_timestamp() where id = ${id}`;
		return true;
	});
}

function bodyOf(row: EventRow): JsonObject {
	const { id, ...event } = toKnownEvent(row);
	return { event: id, ...event };
}

function senderOf({ workflow, number }: EventRow): string {
	return workflow === null ? "a run that is gone" : `run ${number} of ${workflow}`;
}
