import type { PendingQuery } from "postgres";
import { z } from "zod";
import type { Sql } from "@/db/client";
import { MAX_INTEGER, rowNumberSchema } from "@/db/integer";
import { nodeIdSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { iterationSchema, type RunEvent } from "../events";
import { requireRun, runIdInput } from "../run-ref";
import { type EventRow, toRunEvent } from "../store/event-row";

export const readLogsInput = runIdInput.extend({
	/** Left out: the lines of every step of the run, in the order in which they were recorded; tokens are no lines. */
	nodeId: nodeIdSchema.optional(),
	iteration: iterationSchema.default(""),
	/** Reads on: the events after this `seq`. */
	after: z.int().min(0).max(MAX_INTEGER).optional(),
	/** Reads back: the last events before this `seq`. With neither, the end of the log. */
	before: rowNumberSchema.optional(),
	limit: z.int().min(1).max(1_000).default(200),
});
type LogRange = Omit<z.infer<typeof readLogsInput>, "team">;
export type LogEvent = Extract<RunEvent, { type: "step.log" | "step.token" }>;

/** A page holds this many characters of text, and one event in any case. */
const MAX_TEXT_LENGTH = 1_000_000;
/** Events that are read at once: the largest have half a megabyte each. */
const BATCH = 16;

/** A page of the log lines and tokens of a step, or of the lines of a run, oldest first; `more` says whether there is more in the same direction. */
export async function readLogs({ database: { db, sql }, actor }: Caller, input: z.infer<typeof readLogsInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	return await readLogPage(sql, input);
}

/** The same of a run that the caller has been let into. */
export async function readLogPage(sql: Sql, input: LogRange) {
	const isForward = input.after !== undefined;
	const page = await readPage(isForward ? readOn(sql, input, input.after) : readBack(sql, input), input.limit);
	return { events: isForward ? page.events : page.events.reverse(), more: page.more };
}

/** Reads on until there is enough of the page, in events or in text. */
async function readPage(rows: PendingQuery<EventRow[]>, limit: number) {
	const events: LogEvent[] = [];
	let text = 0;
	for await (const batch of rows.cursor(BATCH)) {
		for (const row of batch) {
			const event = toLogEvent(row);
			text += textLength(event);
			if (events.length === limit || (events.length > 0 && text > MAX_TEXT_LENGTH)) return { events, more: true };
			events.push(event);
		}
	}
	return { events, more: false };
}

function toLogEvent(row: EventRow): LogEvent {
	const event = toRunEvent(row);
	if (event.type === "step.log" || event.type === "step.token") return event;
	const { seq, at, nodeId, iteration } = event;
	const text = "This part of the log cannot be read. Update Weft to see it.";
	return { seq, at, nodeId, iteration, type: "step.log", data: { lines: [{ at, level: "error", text }] } };
}

function textLength(event: LogEvent): number {
	if (event.type === "step.token") return event.data.text.length;
	return event.data.lines.reduce((length, line) => length + line.text.length + LINE_COST, 0);
}

/** What a line costs beside its text, in characters of JSON. */
const LINE_COST = 50;

function readOn(sql: Sql, input: LogRange, after = 0) {
	return sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${input.runId} and seq > ${after} and ${isAsked(sql, input)}
		order by seq limit ${input.limit + 1}`;
}

function readBack(sql: Sql, input: LogRange) {
	return sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${input.runId} and seq < ${input.before ?? MAX_INTEGER} and ${isAsked(sql, input)}
		order by seq desc limit ${input.limit + 1}`;
}

function isAsked(sql: Sql, { nodeId, iteration }: LogRange) {
	if (nodeId === undefined) return sql`type = 'step.log'`;
	return sql`node_id = ${nodeId} and iteration = ${iteration} and type in ('step.log', 'step.token')`;
}
