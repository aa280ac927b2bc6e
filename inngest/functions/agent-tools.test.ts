import { expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createRunCache } from "@/server/execution/run-cache";
import { walkRun } from "@/server/execution/walk-run";
import { createScriptedModel } from "@/server/llm/scripted-model";
import { step, testPlan, transform } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { createTestTeam } from "@/server/teams/test-team";
import { insertWorkflow, readState, startWorkflow } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker: base } = await setUpServices();
const team = await createTestTeam(database, "acme");

async function walk(runId: string, model: ReturnType<typeof createScriptedModel>): Promise<void> {
	const cache = createRunCache(database.sql, openTestTeamKey);
	await walkRun({ ...base.services, worker: newId(), cache, llm: () => model.provider }, runId);
}

test("an agent reads what the steps before have logged, and runs the workflows that it may, waiting for each without a worker", async () => {
	const answer = step("answer", "output", { fields: { doubled: "{{ steps.twice.output }}" } });
	const child = testPlan(
		[transform("twice", "return input.n * 2", { n: "{{ inputs.n }}" }), answer],
		["twice -> answer"],
		{
			inputs: [{ name: "n", type: "number", required: true }],
		},
	);
	const slug = await insertWorkflow(database, team.id, child);
	const calls: { name: string; input: JsonObject }[] = [
		{ name: "run_logs", input: { text: "POOL" } },
		{ name: "run_workflow", input: { workflow: "other" } },
		{ name: "run_workflow", input: { workflow: slug, inputs: {} } },
		{ name: "run_workflow", input: { workflow: slug, inputs: { n: 21 } } },
	];
	const model = createScriptedModel((turn) => (turn === 1 ? { calls } : { text: "Done." }));
	const tools = ["run_logs", "run_workflow"];
	const plan = testPlan(
		[
			step("note", "shell", { command: "echo the pool is full; echo nothing else" }),
			step("work", "agent", { provider: "anthropic", prompt: "Go.", tools, workflows: [slug], approvals: "outside" }),
		],
		["note -> work"],
	);
	const workflowId = await insertWorkflow(database, team.id, plan);
	const { runId } = await startWorkflow(database, { teamId: team.id, workflowId, plan });
	await walk(runId, model);
	const waiting = (await readState(database, runId)).steps.work;
	expect(waiting?.phase).toMatchObject({ status: "waiting", wait: { for: "run", slug } });
	await walk(waiting?.called?.runId ?? "", model);
	await walk(runId, model);
	const ended = await readState(database, runId);
	expect(ended.phase.status).toBe("completed");
	const results = ended.steps.work?.turns?.[0]?.calls.map(({ result }) => [result?.state, result?.text]);
	expect(results).toEqual([
		["ok", expect.stringMatching(/^\S+ note stdout: the pool is full$/)],
		["failed", expect.stringContaining(`It may run these alone: ${slug}.`)],
		["failed", expect.stringContaining("n: ")],
		["ok", expect.stringMatching(/has completed, with:\ndoubled: 42$/)],
	]);
	const [{ count } = { count: 0 }] = await database.sql<{ count: number }[]>`
		select count(*)::int from runs where caller_run_id = ${runId}`;
	expect([count, model.asked.length, ended.steps.work?.attempts.length]).toEqual([1, 2, 1]);
});
