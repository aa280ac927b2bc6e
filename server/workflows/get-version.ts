import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { users } from "@/db/schema/teams";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { versionColumns } from "./list-versions";
import { requirePlan } from "./stored-plan";
import { findWorkflow, type WorkflowRow, workflowRefInput } from "./workflow-ref";

export const getVersionInput = workflowRefInput.extend({ version: rowNumberSchema });

/** A published version with its plan. */
export async function getVersion({ database: { db }, actor }: Caller, input: z.infer<typeof getVersionInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	return await findVersion(db, workflow, input.version);
}

/** Throws `not_found` when the workflow was never published under this number. */
export async function findVersion(db: DbLike, workflow: Pick<WorkflowRow, "id" | "name">, version: number) {
	const [row] = await db
		.select({ ...versionColumns, plan: plans.plan })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.leftJoin(users, eq(users.id, workflowVersions.publishedBy))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, version)));
	if (!row)
		throw new WeftError("not_found", `“${workflow.name}” has no version ${version}. Choose one of its versions.`);
	return { ...row, plan: requirePlan(row.plan, `Version ${version}`) };
}
