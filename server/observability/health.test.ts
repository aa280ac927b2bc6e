import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { checkHealth } from "./health";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.sql`delete from workers`;
	await database.sql`delete from drizzle.__drizzle_migrations where hash = 'from the future'`;
});

async function addWorker(secondsAgo: number): Promise<void> {
	await database.sql`
		insert into workers (id, lock_key, engine, seen_at)
		values ('w1', 1, 'embedded', now() - make_interval(secs => ${secondsAgo}))`;
}

describe("checkHealth", () => {
	test("all is well while a worker is heard of", async () => {
		await addWorker(1);
		expect(await checkHealth(database.sql)).toEqual({ status: "ok" });
	});

	test("tells which chores of living workers fail, and stays well", async () => {
		await addWorker(1);
		await database.sql`update workers set failing = '{"send-events": 12}'`;
		expect(await checkHealth(database.sql)).toEqual({ status: "ok", failing: { "send-events": 12 } });
	});

	test("names the worker when none was alive in the last 15 seconds", async () => {
		expect(await checkHealth(database.sql)).toMatchObject({ status: "unavailable", part: "worker" });
		await addWorker(16);
		expect(await checkHealth(database.sql)).toMatchObject({ status: "unavailable", part: "worker" });
	});

	test("names the migrations when a newer version has been here", async () => {
		await addWorker(1);
		await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 9e15)`;
		expect(await checkHealth(database.sql)).toMatchObject({ status: "unavailable", part: "migrations" });
	});

	test("names the database when nothing listens at its address", async () => {
		const nowhere = openDatabase("postgres://weft:weft@127.0.0.1:1/weft");
		expect(await checkHealth(nowhere.sql)).toMatchObject({ status: "unavailable", part: "database" });
		await nowhere.close();
	});
});
