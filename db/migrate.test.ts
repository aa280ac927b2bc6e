import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrateDatabase, requireMigrated } from "./migrate";
import { readMigrationState } from "./migration-state";
import { createTestDatabase, type TestDatabase } from "./test-database";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

async function empty(): Promise<void> {
	await database.sql`drop schema if exists drizzle cascade`;
	for (const { nspname } of await database.sql<{ nspname: string }[]>`
		select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`) {
		await database.sql`drop schema ${database.sql(nspname)} cascade`;
	}
	await database.sql`create schema public`;
}

describe("migrateDatabase", () => {
	test("several processes may migrate the same empty database at once", async () => {
		await empty();
		await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));
		expect(await readMigrationState(database.sql)).toEqual({ missing: 0, unknown: 0 });
		expect(await database.sql`select count(*)::int as count from users`).toEqual([{ count: 0 }]);
	});

	test("a worker is not started on a database that lacks tables", async () => {
		await expect(requireMigrated(database.url)).resolves.toBeUndefined();
		await database.sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
		await expect(requireMigrated(database.url)).rejects.toThrow("Run weft migrate first.");
	});

	test("a database migrated by a newer version is refused and left as it is", async () => {
		await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e15)`;
		await expect(migrateDatabase(database.url)).rejects.toThrow("migrated by a newer version of Weft");
		expect((await readMigrationState(database.sql)).unknown).toBe(1);
	});
});
