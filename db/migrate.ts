import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { WeftError } from "@/server/errors";
import { readMigrationState } from "./migration-state";

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

/** Throws a `WeftError` unless the database at `url` has this version's tables. */
export async function requireMigrated(url: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
	try {
		const { missing } = await readMigrationState(sql);
		if (missing > 0) throw new WeftError("conflict", "The database is not up to date. Run weft migrate first.");
	} finally {
		await sql.end({ timeout: 2 });
	}
}
