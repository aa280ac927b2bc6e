import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { runs } from "@/db/schema/runs";
import { plans, workflows } from "@/db/schema/workflows";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";

export interface TestRun {
	runId: string;
	workflowId: string;
	slug: string;
}

/** For tests of reading: a workflow with one run, as the engine would have left it. */
export async function insertTestRun(
	{ db }: Pick<Database, "db">,
	teamId: string,
	{ ended = false, plan = testPlan([]) }: { ended?: boolean; plan?: Plan } = {},
): Promise<TestRun> {
	const [runId, workflowId] = [newId(), newId()];
	const planHash = hashPlan(plan);
	await db.insert(plans).values({ teamId, hash: planHash, plan }).onConflictDoNothing();
	await db
		.insert(workflows)
		.values({ id: workflowId, teamId, slug: workflowId, name: "Tested", draft: plan, nextRunNumber: 2 });
	await db.insert(runs).values({
		id: runId,
		teamId,
		workflowId,
		number: 1,
		planHash,
		status: ended ? "completed" : "running",
		actor: { kind: "system", name: "test" },
		trigger: "manual",
		payload: {},
		input: {},
		startedAt: new Date(Date.now() - 61_000),
		endedAt: ended ? new Date(Date.now() - 60_000) : null,
	});
	return { runId, workflowId, slug: workflowId };
}
