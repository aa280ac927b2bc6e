import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { Probe } from "../scenarios/probe";
import type { EmbeddedEngine } from "./create-embedded-engine";
import { insertEngineEvents } from "./insert-events";
import { ENGINE_LOCK } from "./leadership";
import { startEngine, waitUntilIdle } from "./test-engine";

let database: TestDatabase;
const engines: EmbeddedEngine[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
});
afterEach(async () => {
	for (const engine of engines.splice(0)) await engine.stop();
});
afterAll(async () => {
	await database.drop();
});

type MakeFunctions = Parameters<typeof startEngine>[1];

async function start(makeFunctions: MakeFunctions, probe?: Probe) {
	const started = await startEngine(database, makeFunctions, probe);
	engines.push(started.engine);
	return started;
}

/** A line of five steps; the third one goes on when it may. */
const line =
	(gate: () => Promise<void>): MakeFunctions =>
	(client, probe) => [
		client.createFunction({ id: "line", triggers: [{ event: "line" }] }, async ({ event, step }) => {
			for (const n of [1, 2, 3, 4, 5]) {
				await step.run(`step ${n}`, async () => {
					probe.note(`${event.data.run} begins ${n}`);
					if (n === 3) await gate();
					probe.note(`${event.data.run} ends ${n}`);
				});
			}
		}),
	];

const all = (run: string, verb: string) => [1, 2, 3, 4, 5].map((n) => `${run} ${verb} ${n}`);

test("a stopped engine ends its steps, and the next one goes on after them", async () => {
	const probe = new Probe();
	const gate = () => probe.until("open");
	const first = await start(line(gate), probe);
	await first.client.send({ name: "line", data: { run: "handed over" } });
	await probe.until("handed over begins 3");
	const stopped = first.engine.stop();
	const second = await start(line(gate), probe);
	probe.note("open");
	await stopped;
	await second.engine.leading();
	await probe.until("handed over ends 5");
	await waitUntilIdle(database);
	const expected = [1, 2, 3, 4, 5].flatMap((n) => [`handed over begins ${n}`, `handed over ends ${n}`]);
	expect(probe.notes.filter((note) => note !== "open")).toEqual(expected);
});

test("an engine whose connections are cut goes on with what it was executing", async () => {
	const probe = new Probe();
	const { client, engine } = await start(
		line(() => probe.until("open")),
		probe,
	);
	await engine.leading();
	await client.send({ name: "line", data: { run: "cut" } });
	await probe.until("cut begins 3");
	await cutConnections();
	probe.note("open");
	await probe.until("cut ends 5");
	await waitUntilIdle(database);
	expect(probe.notes.filter((note) => note.startsWith("cut begins"))).toEqual(all("cut", "begins"));
	expect(engine.state().role).toBe("leading");
});

test("an engine survives a database that is away for a while", async () => {
	const probe = new Probe();
	const { client, engine, warn } = await start(
		line(() => probe.until("open")),
		probe,
	);
	await engine.leading();
	await client.send({ name: "line", data: { run: "away" } });
	await probe.until("away begins 3");
	await withoutDatabase(async () => {
		probe.note("open");
		await probe.until("away ends 3");
		// The result of step 3 cannot be kept yet: step 4 must not begin.
		await vi.waitFor(() => expect(warn.mock.calls.length).toBeGreaterThan(2), 10_000);
		expect(probe.count("away begins 4")).toBe(0);
	});
	await probe.until("away ends 5");
	await waitUntilIdle(database);
	expect(probe.notes.filter((note) => note.startsWith("away begins"))).toEqual(all("away", "begins"));
});

test("an engine stops while its database is away", async () => {
	const { client, engine, probe } = await start(line(async () => {}));
	await engine.leading();
	await client.send({ name: "line", data: { run: "unfinished" } });
	await probe.until("unfinished begins 1");
	await withoutDatabase(() => engine.stop(0));
	expect(engine.state().role).toBe("stopped");
	await start(
		line(async () => {}),
		probe,
	);
	await waitUntilIdle(database);
	expect(probe.count("unfinished ends 5")).toBeGreaterThan(0);
});

test("an engine that lost its tables to another one drops what it was executing and starts from what is recorded", async () => {
	const probe = new Probe();
	const { client, engine } = await start(
		line(() => probe.until("open")),
		probe,
	);
	await engine.leading();
	await client.send({ name: "line", data: { run: "lost" } });
	await probe.until("lost begins 3");

	const other = await database.sql.reserve();
	const owning = other`select pg_advisory_lock(${ENGINE_LOCK}::bigint)`.execute();
	await cutConnections(await ownerPids());
	await owning;
	await other`update engine.owner set owner_id = 'another engine'`;
	probe.note("open");
	await probe.until("lost ends 3");
	await other`select pg_advisory_unlock(${ENGINE_LOCK}::bigint)`;
	other.release();

	await probe.until("lost ends 5");
	await waitUntilIdle(database);
	const expected = [1, 2, 3, 3, 4, 5].map((n) => `lost begins ${n}`);
	expect(probe.notes.filter((note) => note.startsWith("lost begins"))).toEqual(expected);
});

test("events that arrive while no engine runs are handled, in order, by the next one", async () => {
	await insertEngineEvents(database.sql, [
		{ id: "early 1", name: "early", data: { n: 1 } },
		{ id: "early 2", name: "early", data: { n: 2 } },
		{ id: "early 1", name: "early", data: { n: 1 } },
	]);
	const { probe } = await start((client, probe) => [
		client.createFunction({ id: "early", triggers: [{ event: "early" }], concurrency: 1 }, async ({ event, step }) => {
			await step.run("note", () => probe.note(`early ${event.data.n}`));
		}),
	]);
	await probe.until("early 2");
	await waitUntilIdle(database);
	expect(probe.notes).toEqual(["early 1", "early 2"]);
});

/** The session that owns the engine's tables. */
async function ownerPids(): Promise<number[]> {
	const rows = await database.sql<{ pid: number }[]>`
		select pid from pg_locks where locktype = 'advisory' and granted
			and database = (select oid from pg_database where datname = current_database())`;
	return rows.map((row) => row.pid);
}

async function cutConnections(pids?: number[]): Promise<void> {
	await database.sql`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid()
			and (${pids === undefined} or pid = any(${pids ?? []}::int[]))`;
}

/** No connection to the database, neither old nor new, while the callback runs. */
async function withoutDatabase(callback: () => Promise<void>): Promise<void> {
	const [row] = await database.sql<{ name: string }[]>`select current_database() as name`;
	const name = row?.name ?? "";
	const { default: postgres } = await import("postgres");
	const url = new URL(database.url);
	url.pathname = "/postgres";
	const admin = postgres(url.href, { max: 1, onnotice: () => {} });
	try {
		await admin.unsafe(`alter database ${name} with allow_connections false`);
		await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
		await callback();
	} finally {
		await admin.unsafe(`alter database ${name} with allow_connections true`);
		await admin.end();
	}
}
