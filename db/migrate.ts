import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { WeftError } from "@/server/errors";
import { readMigrationState, recordAdditive } from "./migration-state";
import journal from "./migrations/meta/_journal.json";

/** Bundles stand one folder below the root, as this file does. */
const migrationsFolder = fileURLToPath(new URL("../db/migrations", import.meta.url));

/** The session advisory lock of a migration; any constant. */
const MIGRATION_LOCK = 7_238_114_001n;

/**
 * Brings the database at `url` up to this version's tables. Processes that do so at once wait for each other.
 * Throws a `WeftError` if a newer version has changed the database in a way that this version does not support.
 * @param only the migrations to apply, as the journal numbers them; all of them if left out
 */
export async function migrateDatabase(url: string, only?: readonly number[]): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
	try {
		await sql`select pg_advisory_lock(${MIGRATION_LOCK.toString()}::bigint)`;
		const { foreign } = await readMigrationState(sql);
		if (foreign > 0) {
			throw new WeftError(
				"conflict",
				"The database was migrated by a newer version of Weft. Start that version, or point DATABASE_URL (or WEFT_DATA_DIR) at another database.",
			);
		}
		if (only === undefined) await migrate(drizzle(sql), { migrationsFolder });
		else await migrateSome(sql, only);
		await recordAdditive(sql, (tag) => readFile(join(migrationsFolder, `${tag}.sql`), "utf8"));
	} finally {
		await sql.end({ timeout: 2 });
	}
}

/** Copies the migrations into a temporary folder, since Drizzle always applies a whole folder. */
async function migrateSome(sql: postgres.Sql, only: readonly number[]): Promise<void> {
	const unknown = only.filter((when) => !journal.entries.some((entry) => entry.when === when));
	if (unknown.length > 0)
		throw new WeftError("conflict", "These tables were made by a newer version of Weft. Use that one.");
	const folder = await mkdtemp(join(tmpdir(), "weft-migrations-"));
	try {
		await cp(migrationsFolder, folder, { recursive: true });
		const entries = journal.entries.filter((entry) => only.includes(entry.when));
		await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify({ ...journal, entries }));
		await migrate(drizzle(sql), { migrationsFolder: folder });
	} finally {
		await rm(folder, { recursive: true });
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
