import { expect, test } from "vitest";
import { limitProviders } from "@/server/execution/provider-limits";
import type { LlmProvider } from "@/server/llm/provider";
import { testUsage } from "@/server/model-calls/test-usage";
import { step, testPlan } from "@/server/plan/test-plan";
import type { StepState } from "@/server/runs/state";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { createTestTeam } from "@/server/teams/test-team";
import { insertWorkflow, startPlan, startWorkflow, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const AT_ONCE = 4;
const { database, worker } = await setUpWorker({ concurrency: AT_ONCE });
const team = await createTestTeam(database, "acme");

/** Ten cents a call. */
const provider: LlmProvider = {
	name: "anthropic",
	async complete() {
		const message = { role: "assistant" as const, text: "Yes.", toolCalls: [] };
		return { message, thinking: "", stopReason: "end", usage: testUsage() };
	},
};
worker.services.llm = limitProviders(() => provider, database, {});

const ask = (id: string) => step(id, "llm", { provider: "anthropic", prompt: "?" }, { onFailure: "continue" });

function isAsked(asking: StepState | undefined, question: string): boolean {
	return asking?.phase.status === "waiting" && JSON.stringify(asking.phase).includes(question);
}

async function spentBy(runId: string): Promise<number> {
	const [row] = await database.sql<{ spent: number }[]>`
		select coalesce(sum(cost_usd), 0) as spent from model_calls where run_id = ${runId}`;
	return row?.spent ?? 0;
}

test("of twenty steps at once those begin no call that come after the team's budget is spent, and say which one it is", async () => {
	await database.sql`update teams set budget_usd = 0.5 where id = ${team.id}`;
	const plan = testPlan(Array.from({ length: 20 }, (_, index) => ask(`ask_${index}`)));
	const runId = await startPlan(database, plan, { teamId: team.id });
	await untilRun(database, runId);
	const spent = await spentBy(runId);
	expect(spent).toBeGreaterThanOrEqual(0.49);
	expect(spent).toBeLessThan(0.5 + AT_ONCE * 0.1);
	const [failed] = await database.sql<{ message: string }[]>`
		select error->>'message' as message from run_steps where run_id = ${runId} and status = 'failed' limit 1`;
	expect(failed?.message).toMatch(/budget of the team “Team acme” for .* is spent: \$0\.\d+ of \$0\.50\. An admin/);
	await database.sql`update teams set budget_usd = null where id = ${team.id}`;
});

test("an agent whose workflow may spend nothing waits, and goes on once its budget is raised", async () => {
	const plan = testPlan([step("work", "agent", { provider: "anthropic", prompt: "Go." })]);
	const workflowId = await insertWorkflow(database, team.id, plan);
	await database.sql`update workflows set budget_usd = 0 where id = ${workflowId}`;
	const { runId } = await startWorkflow(database, { teamId: team.id, workflowId, plan });
	const question = "0 budget 0";
	await untilRun(database, runId, ({ steps }) => isAsked(steps.work, question));
	await database.sql`update workflows set budget_usd = 1 where id = ${workflowId}`;
	const place = { team: "acme", runId, nodeId: "work", iteration: "", question };
	await decideApproval(team.members.owner, { ...place, decision: "approved", values: {} });
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
	expect(await spentBy(runId)).toBeCloseTo(0.1);
});
