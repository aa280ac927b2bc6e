import { Inngest, type InngestFunction } from "inngest";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { silentLogger } from "../scenarios/silent-logger";
import { createEmbeddedEngine, type EmbeddedEngine } from "./create-embedded-engine";
import { serve } from "./serve";
import { sweep } from "./sweep";
import { startEngine, waitUntilIdle } from "./test-engine";

let database: TestDatabase;
let engine: EmbeddedEngine | undefined;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterEach(async () => {
	await engine?.stop();
	engine = undefined;
});
afterAll(async () => {
	await database.drop();
});

describe("options that the engine does not support are refused at the start, by name", () => {
	type Options = Parameters<Inngest["createFunction"]>[0];
	const refused: [string, Partial<Options>][] = [
		["batchEvents", { batchEvents: { maxSize: 2, timeout: "1s" } }],
		["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
		["throttle", { throttle: { limit: 1, period: "1m" } }],
		["debounce", { debounce: { period: "1m" } }],
		["priority", { priority: { run: "1" } }],
		["singleton", { singleton: { mode: "skip" } }],
		["timeouts", { timeouts: { finish: "1m" } }],
	];

	test.each(refused)("%s", async (name, options) => {
		const client = new Inngest({ id: "app", isDev: true, logger: silentLogger });
		const fn = client.createFunction({ id: "fn", triggers: [{ event: "e" }], ...options }, async () => {});
		await expect(startWith(client, fn)).rejects.toThrow(`The function app-fn uses "${name}"`);
	});

	test("a cron trigger with jitter", async () => {
		const client = new Inngest({ id: "app", isDev: true, logger: silentLogger });
		const fn = client.createFunction({ id: "fn", triggers: [{ cron: "0 9 * * *", jitter: "5m" }] }, async () => {});
		await expect(startWith(client, fn)).rejects.toThrow('The function app-fn uses "jitter"');
	});

	test("an expression that is no CEL, and a cron that is none", async () => {
		const client = new Inngest({ id: "app", isDev: true, logger: silentLogger });
		const broken = client.createFunction({ id: "fn", triggers: [{ event: "e", if: "event.data.(" }] }, async () => {});
		await expect(startWith(client, broken)).rejects.toThrow(
			"The function app-fn has an expression that is no valid CEL",
		);
		const never = client.createFunction({ id: "fn", triggers: [{ cron: "soon" }] }, async () => {});
		await expect(startWith(client, never)).rejects.toThrow(
			"The function app-fn has a cron trigger that cannot be read",
		);
	});

	async function startWith(client: Inngest, fn: InngestFunction.Any): Promise<void> {
		const log = { info: () => {}, warn: () => {}, error: () => {} };
		await createEmbeddedEngine({ database, maxInFlight: 1, log }).start(serve({ client, functions: [fn] }));
	}
});

test("a step that the engine does not support fails its run, by name", async () => {
	const started = await startEngine(database, (client, probe) => [
		client.createFunction(
			{
				id: "fn",
				triggers: [{ event: "signal" }],
				onFailure: ({ error }: { error: Error }) => probe.note(error.message),
			},
			async ({ step }) => {
				await step.waitForSignal("the signal", { signal: "go", timeout: "1m" });
			},
		),
	]);
	engine = started.engine;
	await started.client.send({ name: "signal" });
	await started.probe.until(
		'The step "the signal" uses WaitForSignal, which the embedded engine does not support. Set WEFT_ENGINE=inngest to use it.',
	);
	await waitUntilIdle(database);
});

test("a checkpoint of a call that is over is refused", async () => {
	const started = await startEngine(database, () => []);
	engine = started.engine;
	const body = JSON.stringify({ qi_id: "gone", steps: [] });
	const response = await engine.fetch("http://any/v1/checkpoint/some-run/async", { method: "POST", body });
	expect(response.status).toBe(409);
});

test("a request that the engine cannot answer says so and goes nowhere", async () => {
	const started = await startEngine(database, () => []);
	engine = started.engine;
	const response = await engine.fetch("http://127.0.0.1:1/v1/signals", { method: "POST", body: "{}" });
	expect([response.status, await response.json()]).toEqual([
		501,
		{ error: "The embedded engine does not support /v1/signals. Set WEFT_ENGINE=inngest to use it.", status: 501 },
	]);
});

test("a cron trigger that was missed fires once, and again at its next time", async () => {
	const makeFunctions: Parameters<typeof startEngine>[1] = (client, probe) => [
		client.createFunction(
			{ id: "daily", triggers: [{ cron: "TZ=Europe/Berlin 0 9 * * *" }] },
			async ({ event, step }) => {
				await step.run("note", () => probe.note(`${event?.name} ${event?.data?.cron}`));
			},
		),
	];
	await database.sql`insert into engine.schedules (function_id, cron, next_at)
		values ('test-daily', 'TZ=Europe/Berlin 0 9 * * *', now() - interval '3 days'), ('gone', '* * * * *', now())`;
	const started = await startEngine(database, makeFunctions);
	engine = started.engine;
	await started.probe.until("inngest/scheduled.timer TZ=Europe/Berlin 0 9 * * *");
	await waitUntilIdle(database);
	expect(started.probe.notes).toHaveLength(1);
	const rows = await database.sql`
		select function_id, next_at > now() as ahead, to_char(next_at at time zone 'Europe/Berlin', 'HH24:MI') as clock
		from engine.schedules`;
	expect(rows).toEqual([{ function_id: "test-daily", ahead: true, clock: "09:00" }]);
});

test("an invocation that takes too long is an error in the caller", async () => {
	const started = await startEngine(database, (client, probe) => {
		const child = client.createFunction({ id: "child", triggers: [{ event: "none" }] }, async ({ step }) => {
			await step.waitForEvent("never", { event: "never", timeout: "4s" });
		});
		const parent = client.createFunction({ id: "parent", triggers: [{ event: "parent" }] }, async ({ step }) => {
			const error = await step.invoke("call", { function: child, data: {}, timeout: "1s" }).catch((e: Error) => e);
			await step.run("end", () => probe.note(String(error)));
		});
		return [child, parent];
	});
	engine = started.engine;
	await started.client.send({ name: "parent" });
	await started.probe.until("InngestInvokeTimeoutError: Timed out waiting for the invoked function to complete");
	await waitUntilIdle(database);
});

test("an event cancels no run that is older than the cancellation's timeout", async () => {
	const started = await startEngine(database, (client, probe) => [
		client.createFunction(
			{ id: "fn", triggers: [{ event: "begin" }], cancelOn: [{ event: "stop", timeout: "1s" }] },
			async ({ step }) => {
				await step.sleep("beyond the timeout", "2s");
				await step.run("awake", () => probe.note("awake"));
				await step.waitForEvent("go", { event: "go", timeout: "10s" });
				await step.run("end", () => probe.note("end"));
			},
		),
	]);
	engine = started.engine;
	await started.client.send({ name: "begin" });
	await started.probe.until("awake");
	await started.client.send({ name: "stop" });
	await started.probe.repeatUntil("end", () => started.client.send({ name: "go" }));
	await waitUntilIdle(database);
});

test("what is older than a day is forgotten, what is younger is not", async () => {
	await database.sql`insert into engine.events (id, handled_at)
		values ('old', now() - interval '25 hours'), ('young', now() - interval '23 hours')`;
	await database.sql`insert into engine.idempotency_keys (key, expires_at)
		values ('old', now() - interval '1 minute'), ('young', now() + interval '1 minute')`;
	await sweep({ query: (statement) => statement(database.sql, "") });
	const events = await database.sql`select id from engine.events where id in ('old', 'young')`;
	const keys = await database.sql`select key from engine.idempotency_keys where key in ('old', 'young')`;
	expect([events, keys]).toEqual([[{ id: "young" }], [{ key: "young" }]]);
});
