import type { Sql } from "@/db/client";

/** So many days events are kept: to be looked at, and for steps that look back. */
const DAYS = 7;
const AT_ONCE = 20_000;

/** Forgets events of long ago, and what is left of waits that have ended. */
export async function forgetEvents(sql: Sql): Promise<void> {
	await sql`
		delete from event_waits w where not exists (
			select from run_steps s where s.run_id = w.run_id and s.node_id = w.node_id and s.iteration = w.iteration
				and s.status = 'waiting')`;
	let count = AT_ONCE;
	while (count === AT_ONCE) {
		({ count } = await sql`
			delete from events where id in (
				select id from events where at < now() - make_interval(days => ${DAYS}) and delivered_at is not null
				order by at limit ${AT_ONCE})`);
	}
}
