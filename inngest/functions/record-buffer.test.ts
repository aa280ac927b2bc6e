import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { walkRun } from "@/server/execution/walk-run";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import { step, testPlan, transform } from "@/server/plan/test-plan";
import { readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { startTestServices, type TestWorker } from "./test-worker";

let database: TestDatabase;
let worker: TestWorker;
let other: TestWorker;
let server: TestServer;
let onRequest: (path: string) => Promise<unknown>;
beforeAll(async () => {
	database = await createTestDatabase();
	worker = await startTestServices(database);
	other = await startTestServices(database);
	server = await startTestServer(async (request, response) => {
		await onRequest(request.url ?? "");
		response.end("ok");
	});
});
afterAll(async () => {
	await Promise.all([worker.stop(), other.stop()]);
	await server.close();
	await database.drop();
});

const condition = (id: string, more?: object) => step(id, "condition", { when: "true" }, more);

describe("what is recorded later than it ends", () => {
	test("is recorded before the next effect begins", async () => {
		let recorded: unknown;
		onRequest = async () => {
			const [row] = await database.sql`select status, output from run_steps where node_id = 'before'`;
			recorded = row;
		};
		const nodes = [
			transform("before", "return 7"),
			{
				id: "effect",
				type: "http-request",
				name: "Effect",
				config: { url: `${server.origin}/{{ steps.before.output }}` },
			},
		];
		const runId = await startPlan(database, testPlan(nodes, ["before -> effect"]));
		expect(await walkRun(worker.services, runId)).toEqual({ status: "ended" });
		expect(recorded).toEqual({ status: "completed", output: 7 });
	});

	test("is the same for everybody, though two workers do it differently at once", async () => {
		const nodes = [
			transform("draw", "return Math.random()"),
			{ id: "decide", type: "condition", name: "Decide", config: { when: "steps.draw.output < 0.5" } },
			{ id: "say", type: "shell", name: "Say", config: { command: "echo {{ steps.draw.output }}" } },
			transform("low", "return input.drawn", { drawn: "{{ steps.draw.output }}" }),
		];
		const edges = [
			{ from: "draw", to: "decide" },
			{ from: "draw", to: "say" },
			{ from: "decide", port: "true", to: "low" },
		];
		for (let round = 0; round < 10; round++) {
			const runId = await startPlan(database, testPlan(nodes, edges));
			const answers = await Promise.all([walkRun(worker.services, runId), walkRun(other.services, runId)]);
			expect(answers).toEqual([{ status: "ended" }, { status: "ended" }]);
			const drawn = await readOutput(database, runId, "draw");
			expect(await readOutput(database, runId, "decide")).toEqual({ result: Number(drawn) < 0.5 });
			expect(await readOutput(database, runId, "say")).toMatchObject({ stdout: `${drawn}\n` });
			expect(await readOutput(database, runId, "low")).toEqual(Number(drawn) < 0.5 ? drawn : null);
			const events = await readEvents(database, runId);
			expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
			expect(events.filter(({ type }) => type === "step.completed")).toHaveLength(Number(drawn) < 0.5 ? 4 : 3);
		}
	});

	test("is shown as running when it takes its time, with what it prints", async () => {
		const code = "console.log('Begun'); const end = Date.now() + 400; while (Date.now() < end); return 1";
		const runId = await startPlan(database, testPlan([transform("slow", code)]));
		const walk = walkRun(worker.services, runId);
		await untilRun(database, runId, ({ steps }) => steps.slow?.phase.status === "running");
		expect(await walk).toEqual({ status: "ended" });
		const types = (await readEvents(database, runId)).map(({ type }) => type);
		expect(types).toEqual(["run.queued", "run.started", "step.started", "step.log", "step.completed", "run.completed"]);
	});

	test("keeps its worker free for others, however much there is of it", async () => {
		let turns = 0;
		const counting = setInterval(() => turns++, 1);
		const items = Array.from({ length: 1_000 }, (_, index) => index);
		const nodes = [
			{ id: "each", type: "for-each", name: "Each", config: { items } },
			condition("check", { parent: "each" }),
		];
		const runId = await startPlan(database, testPlan(nodes));
		await walkRun(worker.services, runId);
		clearInterval(counting);
		expect(turns).toBeGreaterThan(10);
		const [row] = await database.sql`select count(*)::int as count from run_steps where run_id = ${runId}`;
		expect(row).toEqual({ count: 1_001 });
	});
});
