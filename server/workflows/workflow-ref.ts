import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import { requirePlan } from "./stored-plan";

export const teamInput = z.object({ team: z.string().min(1).max(64) });
/** A workflow as its page's address names it. */
export const workflowRefInput = teamInput.extend({ slug: z.string().min(1).max(64) });
export const workflowNameSchema = z.string().trim().min(1, "Enter a name.").max(WORKFLOW_LIMITS.name);
export type WorkflowRef = z.infer<typeof workflowRefInput>;

export type WorkflowRow = typeof workflows.$inferSelect;

/** The team's workflow of this slug, or of one that it had before. Another team's is as unknown as one that never was. */
export async function findWorkflow(db: DbLike, teamId: string, slug: string): Promise<WorkflowRow> {
	for (const named of matchesSlug(teamId, slug)) {
		const [workflow] = await db.select().from(workflows).where(named).limit(1);
		if (workflow) return workflow;
	}
	throw unknownWorkflow(slug);
}

/** As `findWorkflow`, for those who need neither its plan nor anything else of it. */
export async function findWorkflowId(db: DbLike, teamId: string, slug: string): Promise<string> {
	for (const named of matchesSlug(teamId, slug)) {
		const [workflow] = await db.select({ id: workflows.id }).from(workflows).where(named).limit(1);
		if (workflow) return workflow.id;
	}
	throw unknownWorkflow(slug);
}

/** As `findWorkflow`, and nobody else changes it until the transaction ends. */
export async function lockWorkflow(db: DbLike, teamId: string, slug: string): Promise<WorkflowRow> {
	for (const named of matchesSlug(teamId, slug)) {
		const [workflow] = await db.select().from(workflows).where(named).limit(1).for("update");
		if (workflow) return workflow;
	}
	throw unknownWorkflow(slug);
}

/** The conditions to try in turn: the current slug, which nearly always matches, then former ones. */
function matchesSlug(teamId: string, slug: string) {
	return [and(eq(workflows.teamId, teamId), eq(workflows.slug, slug)), hasFormerSlug(teamId, slug)];
}

/** For a query: the workflow that gave up a slug. It keeps it, so that a page that is open under it never means another. */
export function hasFormerSlug(teamId: string, slug: string) {
	return and(eq(workflows.teamId, teamId), sql`${slug} = any(${workflows.formerSlugs})`);
}

/** Every slug that the workflows of a team have or had, as `slug`, for `takeFreeSlug`. @param but one that is left out */
export function slugsOf(teamId: string, but = ""): SQL {
	const which = and(eq(workflows.teamId, teamId), ne(workflows.id, but));
	return sql`
		select ${workflows.slug} from ${workflows} where ${which}
		union all select unnest(${workflows.formerSlugs}) as slug from ${workflows} where ${which}`;
}

/** Throws `conflict` unless the draft is the revision that the caller has seen. */
export function requireRevision(workflow: WorkflowRow, revision: number): Plan {
	if (workflow.revision === revision) return requirePlan(workflow.draft);
	throw new WeftError(
		"conflict",
		`“${workflow.name}” has been changed since you looked. Look at what was saved, then try again.`,
	);
}

/** Throws `conflict` for an archived workflow: nothing of it is started. */
export function refuseArchived(workflow: WorkflowRow): void {
	if (workflow.archivedAt === null) return;
	throw new WeftError("conflict", `“${workflow.name}” is archived. Put it back to run it.`);
}

function unknownWorkflow(slug: string): WeftError {
	return new WeftError("not_found", `There is no workflow “${slug}” in this team. It may have been removed.`);
}
