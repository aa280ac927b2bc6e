import type { Sql } from "@/db/client";

/** Forgets workers that have long been dead. */
export async function forgetWorkers(sql: Sql): Promise<void> {
	await sql`delete from workers where seen_at < now() - interval '1 hour'`;
}
