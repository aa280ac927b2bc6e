import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { WeftError } from "@/server/errors";
import type { SqlLike } from "./client";
import journal from "./migrations/meta/_journal.json";

/** Bundles stand one folder below the root, as this file does. */
const migrationsFolder = fileURLToPath(new URL("../db/migrations", import.meta.url));

/** Any constant: who migrates holds this session lock. */
const MIGRATION_LOCK = 7_238_114_001n;

/**
 * Brings the database at `url` up to this version's tables. Processes that do so at once wait for each other.
 * Throws a `WeftError` when a newer version has already changed the database.
 */
export async function migrateDatabase(url: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
	try {
		await sql`select pg_advisory_lock(${MIGRATION_LOCK.toString()}::bigint)`;
		const { unknown } = await readMigrationState(sql);
		if (unknown > 0) {
			throw new WeftError(
				"conflict",
				"The database was migrated by a newer version of Weft. Start that version, or point DATABASE_URL (or WEFT_DATA_DIR) at another database.",
			);
		}
		await migrate(drizzle(sql), { migrationsFolder });
	} finally {
		await sql.end({ timeout: 2 });
	}
}

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
