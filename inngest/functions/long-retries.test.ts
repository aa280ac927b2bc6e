import { describe, expect, test } from "vitest";
import { shell, testPlan, transform } from "@/server/plan/test-plan";
import type { RunState } from "@/server/runs/state";
import { endRun } from "@/server/runs/store/end-run";
import { insertTeam, readState, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker({ concurrency: 1 });

const HOUR = { maxAttempts: 2, backoff: "fixed", delaySeconds: 3_600, jitter: false };
const failing = (id: string, more: object = {}) => shell(id, "exit 3", { retry: HOUR, ...more });

const isRetrying = (ids: readonly string[]) => (state: RunState) =>
	ids.every((id) => state.steps[id]?.phase.status === "retrying");

describe("a step that waits an hour for its retry", () => {
	test("keeps no other run waiting, wherever it stands", async () => {
		const plans = [
			{ nodes: [failing("left"), failing("right")], waiting: ["left", "right"] },
			{
				nodes: [
					{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2], parallel: 2 } },
					failing("item", { parent: "each" }),
				],
				waiting: ["item#0", "item#1"],
			},
			{
				nodes: [
					{ id: "loop", type: "loop", name: "Loop", config: { maxIterations: 2 } },
					failing("one", { parent: "loop" }),
					failing("two", { parent: "loop" }),
				],
				waiting: ["one#0", "two#0"],
			},
			{
				nodes: [
					transform("beside", "return 1"),
					{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2], parallel: 2 } },
					failing("item", { parent: "each" }),
				],
				waiting: ["item#0", "item#1"],
			},
		];
		for (const { nodes, waiting } of plans) {
			const runId = await startPlan(database, testPlan(nodes));
			await untilRun(database, runId, isRetrying(waiting));
		}
		const teamId = await insertTeam(database);
		const other = await startPlan(database, testPlan([transform("a", "return 1")]), { teamId });
		expect((await untilRun(database, other)).phase.status).toBe("completed");
	});

	test("keeps the branches beside it from waiting, and what joins them waits for it", async () => {
		const nodes = [failing("slow"), ...["one", "two", "join"].map((id) => transform(id, "return 1"))];
		const edges = [
			{ from: "one", to: "two" },
			{ from: "two", to: "join" },
			{ from: "slow", to: "join" },
		];
		const runId = await startPlan(database, testPlan(nodes, edges));
		const state = await untilRun(
			database,
			runId,
			({ steps }) => steps.two?.phase.status === "completed" && steps.slow?.phase.status === "retrying",
		);
		expect(state.steps.join).toBeUndefined();
	});

	test("is tried again at its time, and the run ends like any other", async () => {
		const retry = { ...HOUR, delaySeconds: 1.2 };
		const nodes = [failing("slow", { retry }), transform("quick", "return 1")];
		const runId = await startPlan(database, testPlan(nodes));
		const { phase, steps } = await untilRun(database, runId);
		expect(phase).toMatchObject({ status: "failed", nodeId: "slow" });
		expect(steps.slow?.attempts.map(({ number }) => number)).toEqual([1, 2]);
	});

	test("is not waited for when another step stops the run", async () => {
		const stop = transform("stop", "throw new Error('This one counts.')");
		const edges = [{ from: "first", to: "stop" }];
		const nodes = [failing("slow"), transform("first", "return 1"), stop];
		const runId = await startPlan(database, testPlan(nodes, edges));
		const { phase, steps } = await untilRun(database, runId);
		expect(phase).toMatchObject({ status: "failed", nodeId: "stop" });
		expect(steps.slow?.phase.status).toBe("cancelled");
	});

	test("ends with its run when that is cancelled", async () => {
		const runId = await startPlan(database, testPlan([failing("a"), failing("b")]));
		await untilRun(database, runId, isRetrying(["a", "b"]));
		await endRun(database.sql, runId, { end: { status: "cancelled", actor: { kind: "system", name: "test" } } });
		const { steps } = await readState(database, runId);
		expect([steps.a?.phase.status, steps.b?.phase.status]).toEqual(["cancelled", "cancelled"]);
	});
});
