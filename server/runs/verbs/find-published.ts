import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { requirePlan } from "@/server/workflows/stored-plan";
import { refuseArchived, type WorkflowRow } from "@/server/workflows/workflow-ref";

export interface Published {
	version: number;
	planHash: string;
	plan: Plan;
}

/**
 * The version that runs, or an earlier one. Throws `conflict` for a workflow that is archived, or has none, and `not_found`
 * for a version that there never was.
 */
export async function findPublished(db: DbLike, workflow: WorkflowRow, earlier?: number): Promise<Published> {
	refuseArchived(workflow);
	if (workflow.currentVersion === null) {
		throw new WeftError("conflict", `“${workflow.name}” has problems and is not published yet. Fix them, then run it.`);
	}
	const version = earlier ?? workflow.currentVersion;
	const [row] = await db
		.select({ version: workflowVersions.version, planHash: workflowVersions.planHash, plan: plans.plan })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, version)));
	if (row === undefined) throw new WeftError("not_found", `“${workflow.name}” has no version ${version}.`);
	return { ...row, plan: requirePlan(row.plan) };
}
