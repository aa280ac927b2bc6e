import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { completeValues, parseFormValues } from "@/server/plan/form-values";
import { jsonObjectSchema } from "@/server/plan/json";
import type { Plan } from "@/server/plan/plan";
import { resolveTemplate } from "@/server/plan/references";
import { ExpressionError, type Scope, UnknownReferenceError } from "@/server/plan/scope";
import { toText } from "@/server/plan/value-text";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requirePlan } from "@/server/workflows/stored-plan";
import { findWorkflow, refuseArchived, type WorkflowRow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { formError } from "./form-error";
import { insertRun } from "./insert-run";

export const startRunInput = workflowRefInput.extend({
	input: jsonObjectSchema.default({}),
	/** Made by whoever asks: the same one twice starts one run. */
	requestId: z.string().min(8).max(100),
});

/** Starts a run of the published version by hand. */
export async function startRun(caller: Caller, input: z.infer<typeof startRunInput>) {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflow = await findWorkflow(database.db, team.id, input.slug);
	const published = await findPublished(caller, workflow);
	const parsed = parseFormValues(published.plan.inputs, input.input);
	if (parsed.issues) throw formError("Some of the values do not fit.", parsed.issues);
	const scope: Scope = { inputs: completeValues(published.plan.inputs, parsed.values), trigger: { type: "manual" } };
	return await insertRun(database.sql, {
		teamId: team.id,
		workflowId: workflow.id,
		version: published.version,
		planHash: published.planHash,
		settings: published.plan.settings,
		actor,
		trigger: "manual",
		payload: {},
		input: parsed.values,
		requestId: input.requestId,
		concurrencyKey: concurrencyKey(published.plan, scope),
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

/** The runs of a workflow that share a key count together; without a key of its own, all of them do. */
function concurrencyKey(plan: Plan, scope: Scope): string | null {
	const rule = plan.settings.concurrency;
	if (rule === undefined) return null;
	return rule.key === undefined ? "" : resolveKey(rule.key, scope).slice(0, 500);
}

/** Throws `conflict` for a key that names what this start does not bring, as of a version published before this was checked. */
function resolveKey(key: string, scope: Scope): string {
	try {
		return toText(resolveTemplate(key, scope).value);
	} catch (error) {
		if (!(error instanceof UnknownReferenceError) && !(error instanceof ExpressionError)) throw error;
		throw new WeftError(
			"conflict",
			`The run cannot start: “Count by” cannot be evaluated. ${error.message} Fix “Count by” in the workflow's settings and publish it.`,
		);
	}
}
