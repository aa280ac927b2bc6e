import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import type { TriggerRow } from "../trigger-ref";
import { requestOf } from "./launch-scheduled";
import type { Outcome } from "./record-outcomes";
import { COUNTED, MISSED_AFTER_MS } from "./times/due-times";
import { listTimes } from "./times/list-times";
import { startOf } from "./times/next-start";
import type { ScheduleConfig } from "./times/schedule-config";

export const NOT_RUNNING = "Weft was not running at that time.";

interface Span {
	row: TriggerRow;
	config: ScheduleConfig;
	/** The first time that is not written down, and the present; in ms since 1970. */
	due: number;
	now: number;
}

interface Begun {
	/** Of every time up to `last`. */
	outcomes: Outcome[];
	/** The last time that has a run; null where nothing was cut off. */
	last: number | null;
}

/** What a firing began that was cut off before it was written down: those times were not missed, they have their runs. */
export async function findBegun({ db }: Database, { row, config, due, now }: Span): Promise<Begun> {
	if (now - startOf(config, { id: row.id, due }) <= MISSED_AFTER_MS) return { outcomes: [], last: null };
	const found = await db
		.select({ id: runs.id, dueAt: sql<string>`${runs.payload}->>'dueAt'`, createdAt: runs.createdAt })
		.from(runs)
		.where(
			and(
				eq(runs.workflowId, row.workflowId),
				sql`${runs.requestId} collate "C" between ${requestOf(row, due)} and ${requestOf(row, now)}`,
			),
		)
		.orderBy(asc(runs.requestId));
	const started = found.map(({ id, dueAt, createdAt }): Outcome => {
		const time = Date.parse(dueAt);
		const lateMs = Math.max(0, createdAt.getTime() - startOf(config, { id: row.id, due: time }));
		return { due: time, verdict: "started", runId: id, lateMs };
	});
	const last = started.at(-1)?.due ?? null;
	if (last === null) return { outcomes: [], last };
	const times = listTimes(config, { after: due - 1, until: last, limit: COUNTED }).length - started.length;
	const left: Outcome[] = times > 0 ? [{ due, verdict: "missed", times, reason: NOT_RUNNING, lateMs: now - due }] : [];
	return { outcomes: [...left, ...started], last };
}
