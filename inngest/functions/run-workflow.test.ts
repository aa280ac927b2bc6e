import { describe, expect, test } from "vitest";
import type { PlanNode } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { endRun } from "@/server/runs/store/end-run";
import { concurrencyKeyOf } from "@/server/runs/verbs/concurrency-key";
import { insertTeam, insertWorkflow, readOutput, startPlan, startWorkflow, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker({ secrets: { KEY: "s3cr3t-of-the-team" } });

const actor = { kind: "system" as const, name: "test" };
const cancel = (runId: string) => endRun(database.sql, runId, { end: { status: "cancelled", actor } });

const output = (value: string) => ({ id: "result", type: "output", name: "Result", config: { value } });
/** Puts out what it was given, twice. */
const twice = testPlan([output("{{ inputs.word }}{{ inputs.word }}")], [], {
	inputs: [{ name: "word", type: "text", required: true }],
});
const approval = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }]);

function callOf(workflow: string, config: JsonObject = {}, more: Partial<PlanNode> = {}) {
	return { id: "call", type: "run-workflow", name: "Call", config: { workflow, ...config }, ...more };
}

interface Called {
	id: string;
	status: string;
	trigger: string;
	depth: number;
	isAwaited: boolean;
}

async function calledBy(runId: string): Promise<Called[]> {
	return await database.sql<Called[]>`
		select id, status, trigger, depth, is_awaited as "isAwaited" from runs where caller_run_id = ${runId} order by created_at`;
}

async function start(called: ReturnType<typeof testPlan>, config?: JsonObject, more?: Partial<PlanNode>) {
	const teamId = await insertTeam(database);
	const workflow = await insertWorkflow(database, teamId, called);
	const plan = testPlan([callOf(workflow, config, more)]);
	return { teamId, workflow, runId: await startPlan(database, plan, { teamId }) };
}

async function errorOf(runId: string) {
	const { phase, steps } = await untilRun(database, runId);
	const step = steps.call?.phase;
	return [phase.status, step && "error" in step ? step.error.message : step?.status];
}

describe("a step that runs a workflow", () => {
	test("hands it values and goes on with what it puts out, in its own run that names its caller", async () => {
		const { runId } = await start(twice, { inputs: { word: "ab" } });
		const { phase } = await untilRun(database, runId);
		expect(phase.status).toBe("completed");
		const [called] = await calledBy(runId);
		expect(called).toMatchObject({ status: "completed", trigger: "workflow", depth: 1, isAwaited: true });
		expect(await readOutput(database, runId, "call")).toEqual({
			runId: called?.id,
			number: 1,
			status: "completed",
			output: "abab",
		});
	});

	test("shows which run it waits for while that goes on", async () => {
		const { runId } = await start(approval);
		const { steps } = await untilRun(database, runId, (run) => run.steps.call?.phase.status === "waiting");
		const [called] = await calledBy(runId);
		expect(steps.call?.phase).toMatchObject({
			wait: { for: "run", runId: called?.id, number: 1, workflow: "Test workflow" },
		});
		await cancel(runId);
	});

	test("goes on at once where it does not wait, and leaves that run alone when its own is cancelled", async () => {
		const { runId } = await start(approval, { waits: false });
		const { phase } = await untilRun(database, runId);
		expect(phase.status).toBe("completed");
		const [called] = await calledBy(runId);
		expect(called).toMatchObject({ isAwaited: false });
		expect(await readOutput(database, runId, "call")).toEqual({
			runId: called?.id,
			number: 1,
			status: "started",
			output: null,
		});
		await untilRun(database, called?.id ?? "", (run) => run.steps.ask?.phase.status === "waiting");
		await cancel(called?.id ?? "");
	});

	test("fails when that run fails, and says why", async () => {
		const failing = testPlan([{ id: "stop", type: "shell", name: "Stop", config: { command: "exit 3" } }]);
		const { runId } = await start(failing);
		const [status, message] = await errorOf(runId);
		expect(status).toBe("failed");
		expect(message).toMatch(/^Run 1 of “Test workflow” failed: .*3/);
	});

	test("fails when somebody cancels that run", async () => {
		const { runId } = await start(approval);
		await untilRun(database, runId, (run) => run.steps.call?.phase.status === "waiting");
		const [called] = await calledBy(runId);
		await cancel(called?.id ?? "");
		expect(await errorOf(runId)).toEqual(["failed", "Run 1 of “Test workflow” was cancelled."]);
	});

	test("cancels that run when its own is cancelled, and whatever that run has called", async () => {
		const teamId = await insertTeam(database);
		const inner = await insertWorkflow(database, teamId, approval);
		const middle = await insertWorkflow(database, teamId, testPlan([callOf(inner)]));
		const runId = await startPlan(database, testPlan([callOf(middle)]), { teamId });
		await untilRun(database, runId, (run) => run.steps.call?.phase.status === "waiting");
		const [second] = await calledBy(runId);
		await untilRun(database, second?.id ?? "", (run) => run.steps.call?.phase.status === "waiting");
		const [third] = await calledBy(second?.id ?? "");
		await cancel(runId);
		expect((await untilRun(database, third?.id ?? "")).phase.status).toBe("cancelled");
		expect((await untilRun(database, second?.id ?? "")).phase.status).toBe("cancelled");
		expect(third).toMatchObject({ depth: 2 });
	});

	test("waits no longer than it may, and ends that run then", async () => {
		const { runId } = await start(approval, { timeoutSeconds: 1 });
		expect(await errorOf(runId)).toEqual(["failed", "Run 1 of “Test workflow” did not end in time."]);
		const [called] = await calledBy(runId);
		expect((await untilRun(database, called?.id ?? "")).phase.status).toBe("cancelled");
	});

	test("runs it once for each item of a loop", async () => {
		const teamId = await insertTeam(database);
		const workflow = await insertWorkflow(database, teamId, twice);
		const each = { id: "each", type: "for-each", name: "Each", config: { items: ["a", "b", "c"], parallel: 3 } };
		const inside = callOf(workflow, { inputs: { word: "{{ item }}" } }, { parent: "each" });
		const runId = await startPlan(database, testPlan([each, inside]), { teamId });
		expect((await untilRun(database, runId)).phase.status).toBe("completed");
		expect((await calledBy(runId)).map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
	});
});

describe("a step cannot run", () => {
	test.each([
		[
			"a workflow that there is not",
			{ workflow: "nowhere" },
			"There is no workflow “nowhere” in this team. It may have been removed.",
		],
		["a version that there never was", { version: 7, inputs: { word: "a" } }, "“Test workflow” has no version 7."],
		["it with values that its form refuses", {}, /^Some of the values do not fit\. .*word/],
		["it with a secret", { inputs: { word: "{{ secrets.KEY }}" } }, /^A secret cannot be handed to another workflow/],
	])("%s", async (_, config, message) => {
		const { runId } = await start(twice, config);
		const [status, said] = await errorOf(runId);
		expect([status, said]).toEqual(["failed", typeof message === "string" ? message : expect.stringMatching(message)]);
		expect(await calledBy(runId)).toEqual([]);
	});

	test.each([
		["queue", "The run of “Test workflow” would wait for this one to end, which waits for it."],
		["cancel-previous", "The concurrency rule of “Test workflow” would end this run, which calls it."],
	])("its own workflow, of which one run at a time may go on (%s)", async (policy, message) => {
		const teamId = await insertTeam(database);
		const workflow = await insertWorkflow(database, teamId, testPlan([]));
		const settings = { concurrency: { limit: 1, policy } };
		const plan = testPlan([callOf(workflow)], [], { settings });
		const again = await insertWorkflow(database, teamId, plan);
		await database.sql`
			update workflow_versions set plan_hash = (select plan_hash from workflow_versions where workflow_id = ${again})
			where workflow_id = ${workflow}`;
		const key = concurrencyKeyOf(plan, { inputs: {}, trigger: {} }) ?? "";
		const { runId } = await startWorkflow(database, { teamId, workflowId: workflow, plan, concurrencyKey: key });
		expect(await errorOf(runId)).toEqual(["failed", message]);
	});

	test("another team’s workflow", async () => {
		const foreign = await insertWorkflow(database, await insertTeam(database), twice);
		const { runId } = await start(twice, { workflow: foreign });
		expect((await errorOf(runId))[1]).toMatch(/^There is no workflow/);
	});

	test("itself without an end", async () => {
		const teamId = await insertTeam(database);
		const workflow = await insertWorkflow(database, teamId, testPlan([]));
		const plan = testPlan([callOf(workflow)]);
		const again = await insertWorkflow(database, teamId, plan);
		await database.sql`
			update workflow_versions set plan_hash = (select plan_hash from workflow_versions where workflow_id = ${again})
			where workflow_id = ${workflow}`;
		const runId = await startPlan(database, plan, { teamId });
		expect((await errorOf(runId))[0]).toBe("failed");
		const [deepest] = await database.sql`select max(depth) as depth from runs where team_id = ${teamId}`;
		expect(deepest).toEqual({ depth: 25 });
	});
});
