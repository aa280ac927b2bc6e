import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans, workflowVersions } from "@/db/schema/workflows";
import type { Plan } from "@/server/plan/plan";
import { requirePlan } from "./stored-plan";
import type { WorkflowRow } from "./workflow-ref";

/** The plan that a workflow's page shows: the published one, or the draft of a workflow that was never published. */
export async function findShownPlan(db: DbLike, workflow: WorkflowRow): Promise<Plan> {
	if (workflow.currentVersion === null) return requirePlan(workflow.draft);
	const [published] = await db
		.select({ plan: plans.plan })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, workflow.currentVersion)));
	return requirePlan(published?.plan ?? workflow.draft);
}
