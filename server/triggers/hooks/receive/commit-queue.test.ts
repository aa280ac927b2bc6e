import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { sendOutbox } from "@/server/runs/store/outbox";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createHook } from "../../webhook/test-webhook";
import type { HookTrigger } from "../hook-kind";
import type { PendingDelivery } from "./commit-deliveries";
import { queueDelivery } from "./commit-queue";
import { loadTrigger } from "./load-hook";
import { hookActor } from "./open-receiver";
import { prepareHookRun } from "./start-runs";

const { database, team } = await setUpTestTeam();
const { sql } = database;

afterEach(() => void vi.restoreAllMocks());

async function createTrigger(more: object = {}) {
	const hook = await createHook({ database, team }, {}, more);
	const trigger = await loadTrigger(database, { workflowId: hook.id, key: "orders" });
	if (!trigger) throw new Error("The trigger is not there.");
	return { hook, trigger };
}

async function accepted(trigger: HookTrigger, key: string): Promise<PendingDelivery> {
	const decision = { payload: { key }, input: {} };
	const run = await prepareHookRun(database, { trigger, actor: hookActor(trigger), decision });
	return { trigger, request: { key }, receivedAt: Date.now(), outcome: { run, keys: [key], hours: 1 } };
}

test("one that cannot be written fails alone, and those beside it take the numbers in their order", async () => {
	const { hook, trigger } = await createTrigger();
	const [first, second, third] = await Promise.all(["a", "b", "c"].map((key) => accepted(trigger, key)));
	if (!first || !second || !third) throw new Error("Three were prepared.");
	const broken = { ...second, trigger: { ...trigger, teamId: "nobody" } };
	const settled = await Promise.allSettled([first, broken, third].map((pending) => queueDelivery(sql, pending)));
	expect(settled).toMatchObject([
		{ status: "fulfilled", value: { verdict: "started", run: { number: 1 } } },
		{ status: "rejected", reason: { name: "PostgresError" } },
		{ status: "fulfilled", value: { verdict: "started", run: { number: 2 } } },
	]);
	expect((await hook.runs()).map(({ payload }) => payload.key)).toEqual(["a", "c"]);
	// What was not written has burnt nothing.
	expect(await queueDelivery(sql, second)).toMatchObject({ verdict: "started", run: { number: 3 } });
});

test("all that wait fail while the database is gone, and none of them is told otherwise", async () => {
	const { trigger } = await createTrigger();
	const gone = openDatabase("postgres://nobody@127.0.0.1:1/none");
	const all = await Promise.all(["a", "b", "c"].map((key) => accepted(trigger, key)));
	const settled = await Promise.allSettled(all.map((pending) => queueDelivery(gone.sql, pending)));
	expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
	await gone.close();
});

test("a concurrency rule counts the runs that start together", async () => {
	const { hook, trigger } = await createTrigger({
		settings: { timeoutSeconds: 60, concurrency: { limit: 1, policy: "queue" } },
	});
	const all = await Promise.all(["a", "b", "c"].map((key) => accepted(trigger, key)));
	await Promise.all(all.map((pending) => queueDelivery(sql, pending)));
	expect((await hook.runs()).map(({ number, held }) => [number, held])).toEqual([
		[1, false],
		[2, true],
		[3, true],
	]);
});

test("many that come together are one transaction", async () => {
	const { hook, trigger } = await createTrigger();
	const all = await Promise.all(Array.from({ length: 40 }, (_, n) => accepted(trigger, `${n}`)));
	await Promise.all(all.map((pending) => queueDelivery(sql, pending)));
	const rows = await sql`select distinct xmin::text from runs where workflow_id = ${hook.id}`;
	expect(rows).toHaveLength(1);
});

test("in a flood senders come first: the outbox tells the engine of the runs, some seconds later", async () => {
	const { hook, trigger } = await createTrigger();
	const all = await Promise.all(Array.from({ length: 20 }, (_, n) => accepted(trigger, `${n}`)));
	let now = performance.now();
	vi.spyOn(performance, "now").mockImplementation(() => (now += 50));
	const delivered = await Promise.all(all.map((pending) => queueDelivery(sql, pending)));
	expect(new Set(delivered.map(({ verdict }) => verdict))).toEqual(new Set(["started"]));
	const ids = (await hook.runs()).map(({ id }) => id);
	const told = async () => (await sql`select id from engine.events where id = any(${ids}::text[])`).length;
	expect(await told()).toBe(0);
	await sql`update outbox set next_at = now() where run_id = any(${ids}::text[])`;
	await sendOutbox(sql);
	expect(await told()).toBe(20);
});
