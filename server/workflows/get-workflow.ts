import { and, desc, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { checkPlan } from "./check-plan";
import { findShownPlan } from "./find-shown-plan";
import { medianOf } from "./median-of";
import { findWorkflow, type WorkflowRef } from "./workflow-ref";

/** A workflow with its plan, and what is wrong with it. */
export async function getWorkflow({ database: { db }, actor, signal }: Caller, input: WorkflowRef) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const plan = await findShownPlan(db, workflow);
	const isRunnable = workflow.currentVersion !== null && workflow.archivedAt === null;
	return {
		id: workflow.id,
		slug: workflow.slug,
		name: workflow.name,
		description: workflow.description,
		plan,
		version: workflow.currentVersion,
		archivedAt: workflow.archivedAt,
		issues: await checkPlan(db, { teamId: team.id, actor }, { plan, signal }),
		teamName: team.name,
		isRunnable,
		estimate: await estimateRun(db, workflow.id),
	};
}

/** What a run will take, from the last ones that completed. Tests of drafts do other things. */
async function estimateRun(db: DbLike, workflowId: string) {
	const completed = await db
		.select({ startedAt: runs.startedAt, endedAt: runs.endedAt, costUsd: runs.costUsd })
		.from(runs)
		.where(and(eq(runs.workflowId, workflowId), eq(runs.kind, "workflow"), eq(runs.status, "completed")))
		.orderBy(desc(runs.number))
		.limit(20);
	const times = completed.flatMap(({ startedAt, endedAt }) => (startedAt && endedAt ? +endedAt - +startedAt : []));
	const medianMs = medianOf(times);
	const costUsd = medianOf(completed.map((run) => run.costUsd));
	return medianMs === null || costUsd === null ? null : { medianMs, costUsd, runs: completed.length };
}
