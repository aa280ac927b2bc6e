import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requirePlan } from "@/server/workflows/stored-plan";
import { findWorkflow, refuseArchived, type WorkflowRow, workflowRefInput } from "@/server/workflows/workflow-ref";
import type { InsertedRun } from "../store/insert-run";
import { launchRun } from "./launch-run";

export const startRunInput = workflowRefInput.extend({
	input: jsonObjectSchema.default({}),
	/** An idempotency key made by the client: the same one twice starts one run. */
	requestId: z.string().min(8).max(100),
});

/** Starts a run of the published version by hand. */
export async function startRun(caller: Caller, input: z.infer<typeof startRunInput>): Promise<InsertedRun> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflow = await findWorkflow(database.db, team.id, input.slug);
	const published = await findPublished(caller, workflow);
	return await launchRun(caller, {
		...published,
		teamId: team.id,
		workflowId: workflow.id,
		kind: "workflow",
		trigger: "manual",
		payload: {},
		input: input.input,
		requestId: input.requestId,
		audit: { action: "run.started" },
	});
}

async function findPublished({ database: { db } }: Caller, workflow: WorkflowRow) {
	refuseArchived(workflow);
	if (workflow.currentVersion === null) {
		throw new WeftError("conflict", `“${workflow.name}” has problems and is not published yet. Fix them, then run it.`);
	}
	const [row] = await db
		.select({ version: workflowVersions.version, planHash: workflowVersions.planHash, plan: plans.plan })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, workflow.currentVersion)));
	if (row === undefined) throw new Error(`Version ${workflow.currentVersion} of workflow ${workflow.id} is gone.`);
	return { ...row, plan: requirePlan(row.plan) };
}
