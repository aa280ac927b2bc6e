import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertEngineEvents } from "./insert-events";
import { waitUntilIdle } from "./test-engine";

let database: TestDatabase;
let workers: ChildProcess[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
	await database.sql`create table effects (id bigserial, run text not null, step text not null)`;
});
afterEach(async () => {
	for (const worker of workers) await kill(worker);
	workers = [];
});
afterAll(async () => {
	await database.drop();
});

test("a killed worker's runs are all completed by the next one; only what was executing is repeated", async () => {
	const runs = Array.from({ length: 100 }, (_, n) => `run ${n}`);
	await insertEngineEvents(
		database.sql,
		runs.map((run) => ({ name: "line", data: { run } })),
	);
	for (const enough of [20, 150, 450]) {
		const worker = startWorker();
		await vi.waitUntil(async () => (await countEffects()) >= enough, { timeout: 20_000, interval: 5 });
		await kill(worker);
	}
	startWorker();
	await waitUntilIdle(database);

	const steps = ["end", "line 1", "line 2", "line 3", "parallel 1", "parallel 2", "parallel 3"];
	const rows = await database.sql<{ run: string; steps: string[] }[]>`
		select run, array_agg(distinct step order by step) as steps from effects group by run`;
	expect(rows.map((row) => row.run).sort()).toEqual([...runs].sort());
	for (const row of rows) expect(row.steps).toEqual(steps);
	// Three kills, at most 32 steps executing at each.
	expect(await countEffects()).toBeLessThanOrEqual(700 + 3 * 32);
}, 90_000);

test("a standby takes over from a killed worker", async () => {
	const owner = startWorker();
	await once(owner, "message");
	const standby = startWorker();
	await kill(owner);
	await once(standby, "message");
	await insertEngineEvents(database.sql, [{ name: "line", data: { run: "after takeover" } }]);
	await waitUntilIdle(database);
	expect(await effectsOf("after takeover")).toHaveLength(7);
});

test("a step that kills its process fails its run in the end, and no other run", async () => {
	const bystanders = ["bystander 1", "bystander 2", "bystander 3"];
	const watch = (run: string) => ({ name: "bystander", data: { run } });
	const [first = "", ...others] = bystanders;
	await insertEngineEvents(database.sql, [watch(first), { name: "poison" }, ...others.map(watch)]);
	const signals: (string | null)[] = [];
	const next = () => {
		startWorker().once("exit", (_, signal) => {
			signals.push(signal);
			next();
		});
	};
	next();
	await waitUntilIdle(database);
	for (const worker of workers) worker.removeAllListeners("exit");

	const effects = await effectsOf("poison");
	expect(effects.filter((step) => step === "before")).toHaveLength(1);
	expect(effects.filter((step) => step === "kill")).toHaveLength(5);
	expect(effects.at(-1)).toBe("failed: The worker died every time it executed this step.");
	expect(signals).toEqual(Array(5).fill("SIGKILL"));
	for (const run of bystanders) expect(await effectsOf(run)).toEqual(["done"]);
}, 90_000);

function startWorker(): ChildProcess {
	const worker = fork(fileURLToPath(new URL("crash-worker.ts", import.meta.url)), [database.url], {
		execArgv: ["--import", "tsx"],
	});
	workers.push(worker);
	return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
	if (worker.exitCode !== null || worker.signalCode !== null) return;
	const exit = once(worker, "exit");
	worker.kill("SIGKILL");
	await exit;
}

async function countEffects(): Promise<number> {
	const [row] = await database.sql<{ count: number }[]>`select count(*)::int from effects where run like 'run %'`;
	return row?.count ?? 0;
}

async function effectsOf(run: string): Promise<string[]> {
	const rows = await database.sql<{ step: string }[]>`select step from effects where run = ${run} order by id`;
	return rows.map((row) => row.step);
}
