import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrateDatabase, requireMigrated } from "./migrate";
import { isAdditive, readMigrationState } from "./migration-state";
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
		expect(await readMigrationState(database.sql)).toEqual({ missing: 0, foreign: 0 });
		expect(await database.sql`select count(*)::int as count from users`).toEqual([{ count: 0 }]);
	});

	test("a worker is not started on a database that lacks tables", async () => {
		await expect(requireMigrated(database.url)).resolves.toBeUndefined();
		await database.sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
		await expect(requireMigrated(database.url)).rejects.toThrow("Run weft migrate first.");
	});

	test("a newer version's migration that only adds is lived with", async () => {
		await empty();
		await migrateDatabase(database.url);
		await database.sql`
			insert into drizzle.__drizzle_migrations (hash, created_at, is_additive) values ('later', 8e15, true)`;
		await expect(migrateDatabase(database.url)).resolves.toBeUndefined();
		expect(await readMigrationState(database.sql)).toEqual({ missing: 0, foreign: 0 });
	});

	test("a database migrated by a newer version is refused and left as it is", async () => {
		await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e15)`;
		await expect(migrateDatabase(database.url)).rejects.toThrow("migrated by a newer version of Weft");
		expect((await readMigrationState(database.sql)).foreign).toBe(1);
	});
});

describe("isAdditive", () => {
	test.each([
		'CREATE TABLE "a" ("id" text NOT NULL);--> statement-breakpoint\nALTER TABLE "a" ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "public"."b"("id");',
		'CREATE TABLE "a" ("id" text);--> statement-breakpoint\nCREATE UNIQUE INDEX "a_id" ON "a" USING btree ("id");',
		'ALTER TABLE "runs" ADD COLUMN "kind" text DEFAULT \'workflow\' NOT NULL;',
		'ALTER TABLE "runs" ADD COLUMN "pinned" jsonb;--> statement-breakpoint\nCREATE INDEX "x" ON "runs" USING btree ("pinned");',
		'-- Earlier versions can live with this.\nALTER TABLE "runs" ALTER COLUMN "kind" DROP DEFAULT;',
	])("says that earlier versions can live with: %s", (migration) => expect(isAdditive(migration)).toBe(true));

	test.each([
		'DROP TABLE "a";',
		'ALTER TABLE "runs" DROP COLUMN "kind";',
		'ALTER TABLE "runs" ADD COLUMN "kind" text NOT NULL;',
		'ALTER TABLE "runs" RENAME COLUMN "kind" TO "sort";',
		'ALTER TABLE "runs" ALTER COLUMN "kind" SET DATA TYPE json;',
		'ALTER TABLE "runs" ADD CONSTRAINT "c" CHECK (number > 0);',
		'CREATE UNIQUE INDEX "x" ON "runs" USING btree ("kind");',
		'CREATE TABLE "a" ("id" text);--> statement-breakpoint\nDELETE FROM "runs";',
	])("says that earlier versions cannot live with: %s", (migration) => expect(isAdditive(migration)).toBe(false));
});
