import { Inngest } from "inngest";
import { group } from "inngest";
import { serve } from "inngest/edge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createEmbeddedEngine } from "./create-embedded-engine";

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(async () => { await database.drop(); });
const log = { info: () => {}, warn: console.warn, error: console.error };

test("smoke", async () => {
	const engine = createEmbeddedEngine({ database, maxInFlight: 32, log });
	const client = new Inngest({ id: "t", isDev: true, fetch: engine.fetch, checkpointing: true, logger: console } as never);
	const done: Record<string, (v: unknown) => void> = {};
	const wait = (k: string) => new Promise((r) => { done[k] = r; });
	const seq = client.createFunction({ id: "seq", triggers: [{ event: "seq" }] }, async ({ step, event }) => {
		done[`first${event.data.k}`]?.(performance.now());
		for (let i = 0; i < 40; i++) await step.run(`s${i}`, () => i);
		done[event.data.k]?.(performance.now());
	});
	const par = client.createFunction({ id: "par", triggers: [{ event: "par" }] }, async ({ step, event }) => {
		await step.run("load", () => 1);
		await group.parallel({ mode: "race" }, () => Promise.all(Array.from({ length: event.data.n }, (_, i) => step.run(`p${i}`, () => new Promise((r) => setTimeout(() => r(i), 20))))));
		done[event.data.k]?.(performance.now());
	});
	const chain = client.createFunction({ id: "chain", triggers: [{ event: "chain" }] }, async ({ step, event }) => {
		await group.parallel({ mode: "race" }, () => Promise.all([
			step.run("slow", () => new Promise((r) => setTimeout(() => r(1), 1000))),
			(async () => { for (let i = 0; i < 20; i++) await step.run(`q${i}`, () => i); done[`quick${event.data.k}`]?.(performance.now()); })(),
		]));
		done[event.data.k]?.(performance.now());
	});
	const one = client.createFunction({ id: "one", triggers: [{ event: "one" }] }, async ({ step, event }) => {
		await step.run("a", () => 1);
		done[event.data.k]?.(performance.now());
	});
	await engine.start(serve({ client, functions: [seq, par, chain, one] }));
	await engine.leading();
	for (let r = 0; r < 4; r++) {
		let k = `seq${r}`;
		let w = wait(k); let f = wait(`first${k}`);
		let t = performance.now();
		await client.send({ name: "seq", data: { k } });
		const first = await f as number;
		console.log("first", (first - t).toFixed(1), "40 steps", ((await w as number) - first).toFixed(1));
		k = `par${r}`; w = wait(k); t = performance.now();
		await client.send({ name: "par", data: { k, n: 100 } });
		console.log("100 par", ((await w as number) - t).toFixed(1));
		k = `chain${r}`; w = wait(k); f = wait(`quick${k}`); t = performance.now();
		await client.send({ name: "chain", data: { k } });
		console.log("20 quick", ((await f as number) - t).toFixed(1)); await w;
	}
	const t = performance.now(); const N = 1000; let sent = 0;
	await Promise.all(Array.from({ length: 32 }, async () => { while (sent < N) { const k = `one${sent++}`; const w = wait(k); await client.send({ name: "one", data: { k } }); await w; } }));
	console.log("1-step runs/s", (N / (performance.now() - t) * 1000).toFixed(0));
	await engine.stop();
	for (const tb of ["runs", "jobs", "steps"]) expect(await database.sql`select * from ${database.sql(`engine.${tb}`)}`).toEqual([]);
}, 60_000);
