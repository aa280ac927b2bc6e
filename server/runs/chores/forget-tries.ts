import type { Sql } from "@/db/client";

const BATCH = 200;

/** Tries are kept as long as their outputs may help to draw the next step. */
export async function forgetTries(sql: Sql): Promise<void> {
	for (let gone = BATCH; gone === BATCH; ) {
		const { count } = await sql`
			delete from runs where id in (
				select id from runs where kind = 'try' and ended_at < now() - interval '7 days'
				order by ended_at limit ${BATCH} for update skip locked
			)`;
		gone = count;
	}
}
