import { Inngest } from "inngest";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { Probe } from "../scenarios/probe";
import { silentLogger } from "../scenarios/silent-logger";
import { createEmbeddedEngine, type EmbeddedEngine } from "./create-embedded-engine";
import { insertEngineEvents } from "./insert-events";
import { serve } from "./serve";
import { waitUntilIdle } from "./test-engine";

let database: TestDatabase;
const engines: EmbeddedEngine[] = [];
beforeAll(async () => {
	database = await createTestDatabase();
});
afterEach(async () => {
	for (const engine of engines.splice(0)) await engine.stop(100);
});
afterAll(() => database.drop());

/** An engine with two slots whose runs end when the probe is told. */
async function start(probe: Probe): Promise<EmbeddedEngine> {
	const log = { info: () => {}, warn: () => {}, error: () => {} };
	const fairnessKeysOf = (event: { data: unknown }) =>
		[JSON.stringify(event.data).includes('"big"') ? "big" : "small"] as const;
	const engine = createEmbeddedEngine({ database, maxInFlight: 2, fairnessKeysOf, backoff: () => 10, log });
	engines.push(engine);
	const client = new Inngest({ id: "fair", isDev: true, fetch: engine.fetch, logger: silentLogger });
	const fn = client.createFunction({ id: "work", triggers: [{ event: "work" }] }, async ({ event, step }) => {
		await step.run("work", async () => {
			probe.note(`${event.data.name} begins`);
			await probe.until(`${event.data.name} may end`);
		});
	});
	await engine.start(serve({ client, functions: [fn] }));
	return engine;
}

const work = (team: string, name: string) => ({ name: "work", data: { team, name } });

test("a team whose runs all wait for slots begins its first run although another team has taken them all", async () => {
	const probe = new Probe();
	const names = Array.from({ length: 50 }, (_, n) => `big ${n}`);
	await insertEngineEvents(
		database.sql,
		names.map((name) => work("big", name)),
	);
	await start(probe);
	await probe.until("big 1 begins");
	await insertEngineEvents(database.sql, [work("small", "small 0"), work("small", "small 1")]);
	await probe.until("small 0 begins");
	expect(probe.notes).toEqual(["big 0 begins", "big 1 begins", "small 0 begins"]);
	probe.note("big 0 may end");
	// Two of three slots are left: nobody may have more than one while the other waits.
	probe.note("big 1 may end");
	await probe.until("big 2 begins");
	expect(probe.notes).not.toContain("big 3 begins");
	for (const name of [...names, "small 0", "small 1"]) probe.note(`${name} may end`);
	await waitUntilIdle(database);
	expect(probe.notes.filter((note) => note.endsWith("begins"))).toHaveLength(52);
});

test("another engine that takes the runs over shares its slots as well", async () => {
	const probe = new Probe();
	const first = await start(probe);
	await first.leading();
	await insertEngineEvents(database.sql, [work("big", "big 0"), work("big", "big 1"), work("big", "big 2")]);
	await insertEngineEvents(database.sql, [work("small", "small 0")]);
	await probe.until("small 0 begins");
	await first.stop(0);
	const second = new Probe();
	await start(second);
	await second.until("small 0 begins");
	expect(second.notes).not.toContain("big 2 begins");
	for (const name of ["big 0", "big 1", "big 2", "small 0"]) second.note(`${name} may end`);
	await waitUntilIdle(database);
});
