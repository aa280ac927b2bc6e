import type { Sql } from "@/db/client";

const BATCH = 200;

/**
 * Removes the plans that no version and no run refers to: those of removed tries and workflows. A plan that was stored within
 * the last hour is kept, since a reference to it may be about to be written.
 */
export async function forgetPlans(sql: Sql): Promise<void> {
	for (let gone = BATCH; gone === BATCH; ) {
		const { count } = await sql`
			delete from plans where stored_at < now() - interval '1 hour' and (team_id, hash) in (
				select team_id, hash from plans p
				where stored_at < now() - interval '1 hour'
					and not exists (select from runs r where r.team_id = p.team_id and r.plan_hash = p.hash)
					and not exists (select from workflow_versions v where v.team_id = p.team_id and v.plan_hash = p.hash)
				limit ${BATCH}
			)`;
		gone = count;
	}
}
