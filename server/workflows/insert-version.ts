import { desc, eq } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { workflows, workflowVersions } from "@/db/schema/workflows";
import type { Plan } from "@/server/plan/plan";
import { hashLargePlan } from "@/server/threads/large-work";
import { registerTriggers } from "@/server/triggers/register-triggers";
import { insertPlan } from "./store-plan";

export interface NewVersion {
	teamId: string;
	workflowId: string;
	plan: Plan;
	publishedBy: string | null;
	note?: string;
}

/**
 * Makes a plan the workflow's published version and returns its number; a plan that the last version has already stays
 * that version. The caller holds the workflow's row lock and has found no errors in the plan.
 */
export async function insertVersion(
	tx: DbTransaction,
	{ plan, ...row }: NewVersion,
): Promise<{ version: number; isNew: boolean }> {
	const [last] = await tx
		.select({ version: workflowVersions.version, planHash: workflowVersions.planHash })
		.from(workflowVersions)
		.where(eq(workflowVersions.workflowId, row.workflowId))
		.orderBy(desc(workflowVersions.version))
		.limit(1);
	const planHash = await hashLargePlan(plan);
	if (last?.planHash === planHash) return { version: last.version, isNew: false };
	await insertPlan(tx, { teamId: row.teamId, hash: planHash, plan });
	const version = (last?.version ?? 0) + 1;
	await tx.insert(workflowVersions).values({ ...row, version, planHash });
	await tx
		.update(workflows)
		.set({ currentVersion: version, updatedAt: new Date() })
		.where(eq(workflows.id, row.workflowId));
	await registerTriggers(tx, { teamId: row.teamId, workflowId: row.workflowId, triggers: plan.triggers });
	return { version, isNew: true };
}
