import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { OwnerWatch, readOwner, startLiveness } from "./worker-liveness";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

const start = (id: string) => startLiveness(database.url, { id, engine: "test", onError: () => {} });

/** Ends every other connection to the database, as its restart does. */
async function cutConnections(): Promise<void> {
	const admin = postgres(database.url, { max: 1 });
	await admin`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid()`;
	await admin.end();
}

describe("a worker", () => {
	test("is alive while it beats and holds its lock, and gone once it has stopped", async () => {
		const worker = await start("steady");
		expect(await readOwner(database.sql, "steady")).toBe("alive");
		await worker.stop();
		expect(await readOwner(database.sql, "steady")).toBe("gone");
		expect(await readOwner(database.sql, "never heard of")).toBe("gone");
	});

	test("takes its lock again as soon as its connection is back", async () => {
		const worker = await start("cut");
		await cutConnections();
		await vi.waitUntil(async () => (await readOwner(database.sql, "cut").catch(() => "")) === "alive", 10_000);
		await worker.stop();
	});

	test("that has its lock and does not beat is silent", async () => {
		const worker = await start("stopped");
		await database.sql`update workers set seen_at = now() - interval '21 seconds' where id = 'stopped'`;
		expect(await readOwner(database.sql, "stopped")).toBe("silent");
		await worker.stop();
	});

	test("without a lock is cut off, unless PostgreSQL was restarted since it was heard of", async () => {
		await database.sql`
			insert into workers (id, lock_key, engine, seen_at) values
				('killed', 1, 'test', now()), ('before', 2, 'test', pg_postmaster_start_time() - interval '1 second')`;
		expect(await readOwner(database.sql, "killed")).toBe("cut-off");
		expect(await readOwner(database.sql, "before")).toBe("restarted");
	});
});

describe("the owner of a claim counts as dead", () => {
	/** Looks five times a second; the moment at which it is dead, in milliseconds. */
	function deathAfter(watch: OwnerWatch, health: "silent" | "cut-off" | "restarted", from = 0): number {
		let now = from;
		while (!watch.isDead("w", health, now)) now += 200;
		return now;
	}

	test("a second after its lock was missed, or later where PostgreSQL was restarted", () => {
		expect(deathAfter(new OwnerWatch(), "cut-off")).toBe(1_000);
		expect(deathAfter(new OwnerWatch(), "silent")).toBe(1_000);
		expect(deathAfter(new OwnerWatch(), "restarted")).toBe(5_000);
	});

	test("at once when it has said goodbye", () => {
		expect(new OwnerWatch().isDead("w", "gone", 0)).toBe(true);
	});

	test("never while it is seen alive in between", () => {
		const watch = new OwnerWatch();
		const looks = Array.from({ length: 50 }, (_, n) => watch.isDead("w", n % 4 === 3 ? "alive" : "cut-off", n * 400));
		expect(looks).not.toContain(true);
	});

	test("not because nobody could look for a while", () => {
		const watch = new OwnerWatch();
		expect(watch.isDead("w", "cut-off", 0)).toBe(false);
		expect(watch.isDead("w", "cut-off", 60_000)).toBe(false);
		expect(watch.isDead("w", "restarted", 120_000)).toBe(false);
		expect(deathAfter(watch, "restarted", 120_000)).toBe(125_000);
	});

	test("each for itself: a new owner is looked at anew", () => {
		const watch = new OwnerWatch();
		deathAfter(watch, "cut-off");
		expect(watch.isDead("another", "cut-off", 9_000)).toBe(false);
	});
});
