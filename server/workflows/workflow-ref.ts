import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { requirePlan } from "./stored-plan";

export const teamInput = z.object({ team: z.string().min(1).max(64) });
/** A workflow as its page's address names it. */
export const workflowRefInput = teamInput.extend({ slug: z.string().min(1).max(64) });
export const MOST_NAME = 120;
export const workflowNameSchema = z.string().trim().min(1, "Enter a name.").max(MOST_NAME);
export type WorkflowRef = z.infer<typeof workflowRefInput>;

export type WorkflowRow = typeof workflows.$inferSelect;

/** The team's workflow of this slug. Another team's is as unknown as one that never was. */
export async function findWorkflow(db: DbLike, teamId: string, slug: string): Promise<WorkflowRow> {
	const [workflow] = await db
		.select()
		.from(workflows)
		.where(and(eq(workflows.teamId, teamId), eq(workflows.slug, slug)));
	if (!workflow) throw unknownWorkflow(slug);
	return workflow;
}

/** As `findWorkflow`, for those who need neither its plan nor anything else of it. */
export async function findWorkflowId(db: DbLike, teamId: string, slug: string): Promise<string> {
	const [workflow] = await db
		.select({ id: workflows.id })
		.from(workflows)
		.where(and(eq(workflows.teamId, teamId), eq(workflows.slug, slug)));
	if (!workflow) throw unknownWorkflow(slug);
	return workflow.id;
}

/** As `findWorkflow`, and nobody else changes it until the transaction ends. */
export async function lockWorkflow(db: DbLike, teamId: string, slug: string): Promise<WorkflowRow> {
	const [workflow] = await db
		.select()
		.from(workflows)
		.where(and(eq(workflows.teamId, teamId), eq(workflows.slug, slug)))
		.for("update");
	if (!workflow) throw unknownWorkflow(slug);
	return workflow;
}

/** Throws `conflict` unless the draft is the revision that the caller has seen. */
export function readSeenDraft(workflow: WorkflowRow, revision: number): Plan {
	if (workflow.revision === revision) return requirePlan(workflow.draft);
	throw new WeftError(
		"conflict",
		`“${workflow.name}” has been changed since you looked. Look at what was saved, then try again.`,
	);
}

/** Throws `conflict` for an archived workflow: nothing of it is started. */
export function refuseArchived(workflow: WorkflowRow): void {
	if (workflow.archivedAt === null) return;
	throw new WeftError("conflict", `“${workflow.name}” is archived. Take it out of the archive to run it.`);
}

function unknownWorkflow(slug: string): WeftError {
	return new WeftError("not_found", `There is no workflow “${slug}” in this team. It may have been removed.`);
}
