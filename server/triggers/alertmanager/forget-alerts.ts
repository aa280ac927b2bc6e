import type { Sql } from "@/db/client";

/** So many days resolved episodes are kept, to be seen again. */
const KEPT_DAYS = 180;
/** Alertmanager repeats what fires, every four hours unless it is set otherwise: what it is silent about is over. */
const SILENT_DAYS = 7;
const AT_ONCE = 5_000;

/** Forgets episodes that ended long ago, and ends those that nobody has told of for days. */
export async function forgetAlerts(sql: Sql): Promise<void> {
	await sql`
		update alerts set status = 'resolved', resolved_at = now(), ends_at = last_at,
			notes = notes || jsonb_build_array(jsonb_build_object('at', to_jsonb(now()), 'what', 'gone'))
		where id in (
			select id from alerts where status = 'firing' and last_at < now() - make_interval(days => ${SILENT_DAYS})
			order by team_id, fingerprint, starts_at limit ${AT_ONCE} for update skip locked)`;
	await sql`
		delete from alerts where id in (
			select id from alerts where resolved_at < now() - make_interval(days => ${KEPT_DAYS}) limit ${AT_ONCE})`;
}
