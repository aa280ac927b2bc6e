import { and, eq, gte, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { deliveries } from "@/db/schema/triggers";
import { MISSED_AFTER_MS } from "./times/due-times";

/** What came of the times of a schedule; of those that a person asked for, nothing. */
export interface TimeCounts {
	/** All that have come. */
	expected: number;
	/** Those that started a run, and of them those that did so late. */
	fired: number;
	late: number;
	/** Those that started none: nobody was there, the run before was still going, or it could not be started. */
	missed: number;
	skipped: number;
	failed: number;
}

export const NO_TIMES: TimeCounts = { expected: 0, fired: 0, late: 0, missed: 0, skipped: 0, failed: 0 };

/** Counts the times of schedules from `from` on and before `to`, by the id of the registered trigger. */
export async function countTimes(
	db: DbLike,
	{ ids, from, to }: { ids: readonly string[]; from: Date; to: Date },
): Promise<Map<string, TimeCounts>> {
	const count = (verdict: string) =>
		sql<number>`coalesce(sum(${deliveries.times}) filter (where ${deliveries.verdict} = ${verdict}), 0)::float8`;
	const rows = await db
		.select({
			id: deliveries.triggerId,
			expected: sql<number>`sum(${deliveries.times})::float8`,
			fired: count("started"),
			late: sql<number>`count(*) filter (where ${deliveries.verdict} = 'started' and ${deliveries.lateMs} > ${MISSED_AFTER_MS})::float8`,
			missed: count("missed"),
			skipped: count("skipped"),
			failed: count("failed"),
		})
		.from(deliveries)
		.where(
			and(
				inArray(deliveries.triggerId, [...ids]),
				...[gte(deliveries.dueAt, from), lt(deliveries.dueAt, to), isNotNull(deliveries.lateMs)],
				eq(deliveries.type, "schedule"),
			),
		)
		.groupBy(deliveries.triggerId);
	return new Map(rows.flatMap(({ id, ...counts }) => (id === null ? [] : [[id, counts]])));
}
