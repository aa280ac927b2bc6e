import type { Sql } from "@/db/client";

/** So many days it is kept what came of a trigger's times and of all else that it heard. */
const DAYS = 90;
/** A schedule of every second has millions: no statement holds on to more than this many. */
const AT_ONCE = 20_000;

/** Forgets what came of triggers long ago, and the keys of requests whose time is over. Their runs stay. */
export async function forgetDeliveries(sql: Sql): Promise<void> {
	await sql`delete from delivery_keys where expires_at < now()`;
	let count = AT_ONCE;
	while (count === AT_ONCE) {
		({ count } = await sql`
			delete from deliveries where id in (
				select id from deliveries where at < now() - make_interval(days => ${DAYS}) order by at limit ${AT_ONCE})`);
	}
}
