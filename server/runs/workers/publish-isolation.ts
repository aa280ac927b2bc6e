import type { Sql } from "@/db/client";
import type { Isolation } from "@/server/runners/runner";

/** Lets the settings show whether what runs on this worker is kept apart from its machine. */
export async function publishIsolation(sql: Sql, worker: string, isolation: Isolation): Promise<void> {
	await sql`update workers set isolation = ${JSON.stringify(isolation)}::text::jsonb where id = ${worker}`;
}
