import { describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { deliverEvents, deliverSoon } from "@/server/events/deliver-events";
import { sendEvent } from "@/server/events/send-event";
import { testPlan } from "@/server/plan/test-plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { endRun } from "@/server/runs/store/end-run";
import { insertTeam, readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker({ secrets: { KEY: "s3cr3t-of-the-team" } });
const actor = { kind: "system" as const, name: "test" };

function sendingPlan(config: JsonObject) {
	return testPlan([{ id: "send", type: "send-event", name: "Send", config }]);
}

function waitingPlan(config: JsonObject) {
	return testPlan(
		[{ id: "wait", type: "wait-for-event", name: "Wait", config: { name: "order.paid", ...config } }],
		[],
		{
			inputs: [{ name: "order", type: "text" }],
		},
	);
}

/** As a run that is gone sends it. */
async function send({ sql }: Database, teamId: string, data: Json, key: string = crypto.randomUUID()) {
	const runId = await startPlan(
		database,
		testPlan([{ id: "say", type: "output", name: "Say", config: { value: "x" } }]),
		{
			teamId,
		},
	);
	const source = { runId, nodeId: "say" };
	const sent = await sendEvent(sql, { teamId, name: "order.paid", data, key, source, actor, depth: 1 });
	deliverSoon(database);
	return sent;
}

const untilWaiting = (runId: string) =>
	untilRun(database, runId, ({ steps }) => steps.wait?.phase.status === "waiting");

async function eventOf(runId: string) {
	const { phase } = await untilRun(database, runId);
	expect(phase.status).toBe("completed");
	return await readOutput(database, runId, "wait");
}

const waitsLeft = async (runId: string) =>
	(await database.sql`select 1 from event_waits where run_id = ${runId}`).length;

describe("a step that waits for an event", () => {
	test("goes on with the first one that its condition lets through, of its own team", async () => {
		const [teamId, other] = [await insertTeam(database), await insertTeam(database)];
		const runId = await startPlan(database, waitingPlan({ match: "event.data.order == inputs.order" }), {
			teamId,
			input: { order: "a" },
		});
		const { steps } = await untilWaiting(runId);
		expect(steps.wait?.phase).toMatchObject({ wait: { for: "event", name: "order.paid" } });
		await send(database, other, { order: "a" });
		await send(database, teamId, { order: "b" });
		await send(database, teamId, "not even an object");
		const { id } = await send(database, teamId, { order: "a", n: 1 });
		await send(database, teamId, { order: "a", n: 2 });
		expect(await eventOf(runId)).toMatchObject({ event: { id, name: "order.paid", data: { order: "a", n: 1 } } });
		expect(await waitsLeft(runId)).toBe(0);
	});

	test("is told by the step of another run, which is named", async () => {
		const teamId = await insertTeam(database);
		const runId = await startPlan(database, waitingPlan({}), { teamId });
		await untilWaiting(runId);
		const sender = await startPlan(database, sendingPlan({ name: "order.paid", data: { order: "{{ run.number }}" } }), {
			teamId,
		});
		expect(await eventOf(runId)).toMatchObject({ event: { data: { order: 1 }, source: { run: sender, number: 1 } } });
	});

	test("takes the timeout port when none has come in time", async () => {
		const runId = await startPlan(database, waitingPlan({ timeoutSeconds: 1 }), { teamId: await insertTeam(database) });
		expect(await eventOf(runId)).toEqual({ event: null });
		const [row] = await database.sql`select port from run_steps where run_id = ${runId} and node_id = 'wait'`;
		expect(row).toMatchObject({ port: "timeout" });
	});

	test("counts one that came before it began where it looks back, and only then", async () => {
		const teamId = await insertTeam(database);
		const { id } = await send(database, teamId, { order: "early" });
		const looksBack = await startPlan(database, waitingPlan({ lookBackMinutes: 5 }), { teamId });
		expect(await eventOf(looksBack)).toMatchObject({ event: { id } });
		const runId = await startPlan(database, waitingPlan({}), { teamId });
		await untilWaiting(runId);
		await deliverEvents(database);
		expect(await waitsLeft(runId)).toBe(1);
		await endRun(database.sql, runId, { end: { status: "cancelled", actor } });
		await send(database, teamId, {});
		expect((await untilRun(database, runId)).phase.status).toBe("cancelled");
	});

	test("misses none that is sent while it begins, and is answered once by many", async () => {
		const teamId = await insertTeam(database);
		const plan = waitingPlan({ match: "event.data.order == inputs.order", lookBackMinutes: 5 });
		const orders = Array.from({ length: 6 }, (_, index) => `o${index}`);
		const started = orders.map(async (order) => {
			const [runId] = await Promise.all([
				startPlan(database, plan, { teamId, input: { order } }),
				send(database, teamId, { order }),
				send(database, teamId, { order }),
			]);
			return runId;
		});
		for (const [index, runId] of (await Promise.all(started)).entries()) {
			expect(await eventOf(runId)).toMatchObject({ event: { data: { order: orders[index] } } });
		}
	});

	test("refuses secrets in its condition, which would be kept", async () => {
		const runId = await startPlan(database, waitingPlan({ match: "event.data == secrets.KEY" }), {
			teamId: await insertTeam(database),
		});
		const { phase, steps } = await untilRun(database, runId);
		expect(phase.status).toBe("failed");
		expect(steps.wait?.phase).toMatchObject({ error: { message: expect.stringContaining("A secret cannot be used") } });
	});
});

describe("an event", () => {
	test("is sent once for its key, however often and by how many it is sent", async () => {
		const teamId = await insertTeam(database);
		const sent = await Promise.all([1, 2, 3, 4].map(() => send(database, teamId, {}, "the same")));
		expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
	});

	test("carries no secret, and nothing that is too long", async () => {
		const teamId = await insertTeam(database);
		const errorOf = async (data: Json) => {
			const runId = await startPlan(database, sendingPlan({ name: "order.paid", data }), { teamId });
			const step = (await untilRun(database, runId)).steps.send?.phase;
			return step && "error" in step ? step.error.message : step?.status;
		};
		expect(await errorOf({ key: "{{ secrets.KEY }}" })).toMatch("A secret cannot be sent");
		expect(await errorOf("x".repeat(300_000))).toMatch("longer than 256 kB");
		expect(await errorOf(null)).toBe("completed");
	});
});
