import type { Sql } from "@/db/client";
import { endRun } from "../end-run";

/** Ends the runs that are past their deadline. */
export async function endOverdueRuns(sql: Sql): Promise<void> {
	const overdue = await sql<{ id: string; limitSeconds: number }[]>`
		select id, extract(epoch from deadline - started_at)::float8 as "limitSeconds" from runs
		where ended_at is null and deadline < now() order by deadline limit 100`;
	const ends = await Promise.allSettled(
		overdue.map(({ id, limitSeconds }) =>
			endRun(sql, id, { end: { status: "timed_out", limitSeconds: Math.round(limitSeconds) } }),
		),
	);
	// One run that cannot be ended keeps no other one from its end.
	for (const end of ends) if (end.status === "rejected") throw end.reason;
}
