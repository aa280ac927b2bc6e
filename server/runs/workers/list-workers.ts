import { desc, sql } from "drizzle-orm";
import { z } from "zod";
import { workers } from "@/db/schema/operations";
import { WORKER_SILENCE_SECONDS } from "@/server/observability/health";
import { isolationSchema } from "@/server/runners/runner";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";

export const listWorkersInput = z.object({ team: z.string().min(1).max(64) });

const MAX_LISTED = 100;

/** The living workers and whether each keeps what it runs apart from its machine. Null: not known (yet). */
export async function listWorkers({ database: { db }, actor }: Caller, input: z.infer<typeof listWorkersInput>) {
	await requireMember(db, actor, input.team, "team:view");
	const rows = await db
		.select({ id: workers.id, startedAt: workers.startedAt, isolation: workers.isolation })
		.from(workers)
		.where(sql`${workers.seenAt} > now() - make_interval(secs => ${WORKER_SILENCE_SECONDS})`)
		.orderBy(desc(workers.startedAt))
		.limit(MAX_LISTED);
	return rows.map((row) => ({ ...row, isolation: isolationSchema.nullable().catch(null).parse(row.isolation) }));
}
