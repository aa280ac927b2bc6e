import type { Sql, SqlLike } from "@/db/client";
import { type EngineEvent, sendEngineEvents } from "@/inngest/client";
import { logger } from "@/server/observability/logger";
import type { JsonObject } from "@/server/plan/values/json";
import { stepKey } from "../state";
import type { StepRef } from "../step-ref";
import { toJsonText } from "./json-text";

const log = logger.child({ part: "outbox" });

/** An engine event that must not be lost: kept until what it announces has been seen to happen. */
export interface OutboxEvent {
	/** An idempotency key: queueing the same event twice queues it once. */
	id: string;
	runId: string;
	name: EngineEvent["name"];
	data: JsonObject;
}

/** Names the team and the workflow, among which an engine shares its slots fairly. */
export function runRequested(run: RequestedRun): OutboxEvent {
	const { runId, teamId, workflowId, requests = 1 } = run;
	const id = requests === 1 ? `${REQUESTED}${runId}` : `${REQUESTED}${runId}:${requests}`;
	return { id, runId, name: "weft/run.requested", data: { runId, teamId, workflowId } };
}

interface RequestedRun {
	runId: string;
	teamId: string;
	workflowId: string;
	/** The number of this request: each is a new event for the engine. */
	requests?: number;
}

const REQUESTED = "requested:";

/** An answer is announced until the step that waits for it has ended: it may have come before the wait began. */
export function answerAnnouncement(runId: string, step: Pick<StepRef, "nodeId" | "iteration">): OutboxEvent {
	const key = stepKey(step.nodeId, step.iteration);
	return { id: `answered:${runId}:${key}`, runId, name: "weft/wait.answered", data: { runId, step: key } };
}

/** Writes an event into the outbox, in the transaction of what it announces. */
export async function queueEngineEvent(sql: SqlLike, event: OutboxEvent): Promise<void> {
	await sql`
		insert into outbox (id, run_id, name, data)
		values (${event.id}, ${event.runId}, ${event.name}, ${toJsonText(event.data)}::text::jsonb)
		on conflict (id) do nothing`;
}

/** Tells the engine to forget a run that ended from outside while it slept or waited. */
export function runStopped(runId: string): OutboxEvent {
	return { id: `stopped:${runId}`, runId, name: "weft/run.stopped", data: { runId } };
}

/** Events that go out together at most. */
const MAX_TOGETHER = 200;

const committed = new WeakMap<Sql, OutboxEvent[]>();

/**
 * Sends an event that was just committed as sent once, so that nobody else sends it at the same time. Nobody waits for it
 * and nothing depends on it: when it fails, or takes its time, the outbox sends it again. Those that come while others are
 * being sent go out together.
 */
export function sendCommitted(sql: Sql, event: OutboxEvent): void {
	const waiting = committed.get(sql);
	if (waiting) waiting.push(event);
	else {
		committed.set(sql, [event]);
		void sendInTurn(sql);
	}
}

async function sendInTurn(sql: Sql): Promise<void> {
	// Those of the same tick go out together.
	await Promise.resolve();
	for (;;) {
		const batch = committed.get(sql)?.splice(0, MAX_TOGETHER) ?? [];
		const [first] = batch;
		if (!first) break;
		const events = batch.map(({ id, name, data }) => {
			return { id: eventId({ id, name, sends: 1, queued: 0 }), name, data };
		});
		await sendEngineEvents(sql, events).catch((error: unknown) => reportUnsent(first.runId, error));
	}
	committed.delete(sql);
}

/** Sends the due events of a run that were just committed, in the background like `sendCommitted`. */
export function sendSoon(sql: Sql, runId: string): void {
	sendOutbox(sql, { runId }).catch((error: unknown) => reportUnsent(runId, error));
}

function reportUnsent(runId: string, error: unknown): void {
	log.warn({ err: error, runId }, "The engine could not be told at once; it will be told again");
}

/** `queued`: when it was written, for a step may be answered several times. */
function eventId(event: Pick<OutboxEvent, "id" | "name"> & { sends: number; queued: number }): string {
	if (event.name === "weft/run.requested") return event.id.slice(REQUESTED.length);
	return `${event.id}:${event.queued}:${event.sends}`;
}

/** Waits between sends double up to a minute; a bounded exponent cannot overflow, however long the engine is away. */
const MAX_DOUBLINGS = 6;

interface DueEvent {
	id: string;
	name: EngineEvent["name"];
	data: JsonObject;
	sends: number;
	/** Milliseconds since the epoch. */
	queued: number;
}

/**
 * Sends the outbox's due events, of one run or of all. Each is sent again, later and later, until its row is gone: whoever
 * consumes it deletes the row. A `weft/run.requested` keeps its event id, so the engine starts a run once; the others
 * get a new id each time, because the one before may have arrived when nobody waited for it yet.
 */
export async function sendOutbox(sql: Sql, { runId = null }: { runId?: string | null } = {}): Promise<void> {
	const due = await sql<DueEvent[]>`
		update outbox set sends = sends + 1,
			next_at = now() + make_interval(secs => least(60, power(2, least(sends, ${MAX_DOUBLINGS}))))
		where id in (
			select id from outbox where next_at <= now() and (${runId}::text is null or run_id = ${runId})
			order by next_at limit 200 for update skip locked
		)
		returning id, name, data, sends, trunc(extract(epoch from created_at) * 1000)::float8 as queued`;
	if (due.length === 0) return;
	await sendEngineEvents(
		sql,
		due.map((event) => ({ id: eventId(event), name: event.name, data: event.data })),
	);
	const done = due.filter(isDelivered).map((event) => event.id);
	if (done.length > 0) await sql`delete from outbox where id = any(${done}::text[])`;
}

/** A stopped run only has to be known; a resumed one that has missed four announcements looks for itself. */
function isDelivered({ name, sends }: DueEvent): boolean {
	return name === "weft/run.stopped" || (name === "weft/run.resumed" && sends >= 4);
}
