import type { Sql } from "@/db/client";

/** As many of the newest as each person keeps, for as many days. */
const MOST = 500;
const DAYS = 90;

/** Forgets what people were told of long ago, and the oldest of those who were told of very much. */
export async function forgetNotifications(sql: Sql): Promise<void> {
	await sql`delete from notifications where at < now() - make_interval(days => ${DAYS})`;
	await sql`
		delete from notifications n using (
			select id, row_number() over (partition by user_id order by at desc, id desc) as nth from notifications
			where user_id in (select user_id from notifications group by user_id having count(*) > ${MOST})
		) ranked
		where ranked.id = n.id and ranked.nth > ${MOST}`;
}
