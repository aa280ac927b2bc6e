import type { Sql } from "@/db/client";
import { endRun } from "../store/end-run";
import { forEachSettled } from "./for-each-settled";

/** Ends the runs that are past their deadline, in random order, so that runs that cannot be ended block no others. */
export async function endOverdueRuns(sql: Sql): Promise<void> {
	const overdue = await sql<{ id: string; limitSeconds: number }[]>`
		select id, extract(epoch from deadline - started_at)::float8 as "limitSeconds" from runs
		where ended_at is null and deadline < now() order by random() limit 100`;
	await forEachSettled(overdue, ({ id, limitSeconds }) =>
		endRun(sql, id, { end: { status: "timed_out", limitSeconds: Math.round(limitSeconds) } }),
	);
}
