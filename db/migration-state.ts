import type { SqlLike } from "./client";
import journal from "./migrations/meta/_journal.json";

/** Counts the migrations that this version still has to apply, and those recorded that it does not know. */
export async function readMigrationState(sql: SqlLike): Promise<{ missing: number; unknown: number }> {
	const recorded = new Set(await readRecorded(sql));
	const known = new Set(journal.entries.map((entry) => entry.when));
	return {
		missing: [...known].filter((when) => !recorded.has(when)).length,
		unknown: [...recorded].filter((when) => !known.has(when)).length,
	};
}

async function readRecorded(sql: SqlLike): Promise<number[]> {
	const [table] = await sql<{ found: boolean }[]>`
		select to_regclass('drizzle.__drizzle_migrations') is not null as found`;
	if (!table?.found) return [];
	const rows = await sql<{ created_at: string }[]>`select created_at from drizzle.__drizzle_migrations`;
	return rows.map((row) => Number(row.created_at));
}
