import type { Sql } from "@/db/client";
import type { Isolation } from "@/server/runners/runner";

/** Stores the isolation of a worker's commands, for the settings page. */
export async function publishIsolation(sql: Sql, worker: string, isolation: Isolation): Promise<void> {
	await sql`update workers set isolation = ${JSON.stringify(isolation)}::text::jsonb where id = ${worker}`;
}
