import { describe, expect, test } from "vitest";
import { inLine, shell, testPlan } from "@/server/plan/test-plan";
import { isEnded, type RunState } from "@/server/runs/state";
import { endRun, type RunEnd } from "@/server/runs/store/end-run";
import { insertTeam, insertWorkflow, readEvents, startPlan, startWorkflow, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

const cancelled: RunEnd = { status: "cancelled", actor: { kind: "system", name: "test" } };
const timedOut: RunEnd = { status: "timed_out", limitSeconds: 60 };

const statusesOf = ({ steps }: RunState) =>
	Object.fromEntries(Object.entries(steps).map(([key, step]) => [key, step.phase.status]));

/** What is recorded of a run's steps, which its events must say, too. */
async function recordsOf(runId: string): Promise<Record<string, string>> {
	const rows = await database.sql<{ key: string; status: string }[]>`
		select node_id || case iteration when '' then '' else '#' || iteration end as key, status
		from run_steps where run_id = ${runId}`;
	const recorded = Object.fromEntries(rows.map(({ key, status }) => [key, status]));
	const events = await readEvents(database, runId);
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
	expect(isEnded((await untilRun(database, runId)).phase.status)).toBe(true);
	expect(statusesOf(await untilRun(database, runId))).toEqual(recorded);
	return recorded;
}

/** Ends a run from outside as soon as a step of it runs. */
async function endAt(runId: string, key: string, end: RunEnd): Promise<void> {
	await untilRun(database, runId, ({ steps }) => steps[key]?.phase.status === "running");
	await endRun(database.sql, runId, { end });
}

describe("steps that a run never came to", () => {
	test("are recorded when a failure came first, apart from those that were skipped", async () => {
		const nodes = [
			{ id: "check", type: "condition", name: "Check", config: { when: "1 > 2" } },
			shell("yes"),
			shell("no", "exit 1"),
			shell("after"),
			shell("last"),
		];
		const edges = [
			{ from: "check", port: "true", to: "yes" },
			{ from: "check", port: "false", to: "no" },
			...inLine("no", "after", "last"),
		];
		const runId = await startPlan(database, testPlan(nodes, edges));
		await untilRun(database, runId);
		expect(await recordsOf(runId)).toEqual({
			...{ check: "completed", yes: "skipped", no: "failed" },
			...{ after: "not_reached", last: "not_reached" },
		});
		const types = (await readEvents(database, runId)).map(({ type }) => type);
		expect(types.slice(-2)).toEqual(["steps.not_reached", "run.failed"]);
	});

	test.each([cancelled, timedOut])("are recorded when the run ended from outside: $status", async (end) => {
		const nodes = [
			{ id: "again", type: "loop", name: "Again", config: { maxIterations: 3 } },
			shell("first", "true", { parent: "again" }),
			shell("slow", "if [ -e once ]; then sleep 600; fi; touch once", { parent: "again" }),
			shell("rest", "true", { parent: "again" }),
			{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2] } },
			shell("item", "true", { parent: "each" }),
		];
		const edges = [...inLine("first", "slow", "rest"), ...inLine("again", "each")];
		const runId = await startPlan(database, testPlan(nodes, edges));
		await endAt(runId, "slow#1", end);
		expect(await recordsOf(runId)).toEqual({
			...{ "first#0": "completed", "slow#0": "completed", "rest#0": "completed" },
			...{ "first#1": "completed", "slow#1": "cancelled", "rest#1": "not_reached" },
			...{ again: "cancelled", each: "not_reached" },
		});
	});

	test("are all there are when the run was cancelled while it waited for its turn", async () => {
		const nodes = [
			shell("slow", "sleep 600"),
			{ id: "each", type: "for-each", name: "Each", config: { items: [1] } },
			shell("item", "true", { parent: "each" }),
		];
		const settings = { concurrency: { limit: 1, policy: "queue" } };
		const plan = testPlan(nodes, [], { settings });
		const teamId = await insertTeam(database);
		const workflowId = await insertWorkflow(database, teamId, plan);
		const start = { teamId, workflowId, plan, concurrencyKey: "one" };
		const [first, second] = [await startWorkflow(database, start), await startWorkflow(database, start)];
		await endRun(database.sql, second.runId, { end: cancelled });
		expect(await recordsOf(second.runId)).toEqual({ slow: "not_reached", each: "not_reached" });
		await endRun(database.sql, first.runId, { end: cancelled });
	});

	test("are recorded in the iteration that failed, though the run is completed", async () => {
		const nodes = [
			{ id: "each", type: "for-each", name: "Each", config: { items: [0, 1], onItemFailure: "continue" } },
			shell("try", "exit {{ item }}", { parent: "each" }),
			shell("tell", "true", { parent: "each" }),
		];
		const runId = await startPlan(database, testPlan(nodes, inLine("try", "tell")));
		expect((await untilRun(database, runId)).phase.status).toBe("completed");
		expect(await recordsOf(runId)).toEqual({
			...{ each: "completed", "try#0": "completed", "tell#0": "completed" },
			...{ "try#1": "failed", "tell#1": "not_reached" },
		});
	});

	test("are told by few events, however many there are", async () => {
		const ids = Array.from({ length: 1_500 }, (_, n) => `n${n}`);
		const nodes = [shell("slow", "sleep 600"), ...ids.map((id) => shell(id))];
		const runId = await startPlan(
			database,
			testPlan(
				nodes,
				ids.map((to) => ({ from: "slow", to })),
			),
		);
		await endAt(runId, "slow", cancelled);
		expect(Object.values(await recordsOf(runId)).filter((status) => status === "not_reached")).toHaveLength(1_500);
		const told = (await readEvents(database, runId)).filter(({ type }) => type === "steps.not_reached");
		expect(told).toHaveLength(2);
	});
});

test("a run ends although its plan cannot be read", async () => {
	for (const plan of [null, 3, "text", [], {}, { nodes: 7 }, { nodes: [1, null, { parent: "x" }, { id: 7 }] }]) {
		const runId = await startPlan(database, testPlan([shell("slow", "sleep 600")]));
		await untilRun(database, runId, ({ steps }) => steps.slow?.phase.status === "running");
		await database.sql`
			update plans p set plan = ${JSON.stringify(plan)}::text::json from runs r
			where r.id = ${runId} and p.team_id = r.team_id and p.hash = r.plan_hash`;
		expect(await endRun(database.sql, runId, { end: cancelled })).toBe(true);
		expect((await recordsOf(runId)).slow).toBe("cancelled");
	}
});
