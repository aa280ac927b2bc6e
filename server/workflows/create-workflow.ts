import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { workflows } from "@/db/schema/workflows";
import { type Issue, isError } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { slugify } from "@/server/plan/slugify";
import type { Actor } from "@/server/runs/events";
import { lockSlug } from "@/server/teams/former-slugs";
import { takeFreeSlug } from "@/server/teams/take-free-slug";
import { writeAudit } from "@/server/teams/write-audit";
import { triggerDefinitionOf } from "@/server/triggers/catalog";
import { checkPlan } from "./check-plan";
import { insertVersion } from "./insert-version";
import { hasFormerSlug, slugsOf } from "./workflow-ref";

export interface NewWorkflow {
	teamId: string;
	actor: Actor;
	name: string;
	description: string;
	/** What the address should be; the first free one like it is taken. */
	slug?: string;
	plan: Plan;
	/** Not to be published yet, errors or none. */
	isDraft?: boolean;
}

export interface CreatedWorkflow {
	id: string;
	slug: string;
	/** Null when it stays a draft. */
	version: number | null;
	issues: Issue[];
}

/**
 * Adds a workflow to a team: published as version 1 when its plan has no errors, unless it is to be a draft. One that would
 * start by itself stays a draft as well: what comes from a file, a link or a template starts nothing before somebody has
 * looked at it.
 */
export async function createWorkflow(tx: DbTransaction, workflow: NewWorkflow): Promise<CreatedWorkflow> {
	const { teamId, actor, plan, isDraft = false } = workflow;
	const issues = await checkPlan(tx, { teamId, actor }, { plan });
	const userId = actor.kind === "user" ? actor.id : null;
	const row = await insertDraft(tx, workflow, userId);
	const startsItself = plan.triggers.some(({ type }) => triggerDefinitionOf(type)?.startsItself);
	const published =
		isDraft || startsItself || issues.some(isError)
			? null
			: await insertVersion(tx, { teamId, workflowId: row.id, plan, publishedBy: userId });
	const version = published?.version ?? null;
	const target = { type: "workflow", id: row.id };
	await writeAudit(tx, { teamId, actor, action: "workflow.created", target, detail: { slug: row.slug, version } });
	return { id: row.id, slug: row.slug, version, issues };
}

function insertDraft(tx: DbTransaction, workflow: NewWorkflow, createdBy: string | null) {
	const { teamId, name, description, plan } = workflow;
	const wanted = { slug: slugify(workflow.slug ?? name, "workflow"), taken: slugsOf(teamId) };
	return takeFreeSlug(tx, wanted, async (slug) => {
		await lockSlug(tx, teamId, slug);
		const [former] = await tx.select({ id: workflows.id }).from(workflows).where(hasFormerSlug(teamId, slug)).limit(1);
		if (former) return null;
		const [row] = await tx
			.insert(workflows)
			.values({ id: newId(), teamId, slug, name, description, draft: plan, createdBy, savedBy: createdBy })
			.onConflictDoNothing()
			.returning({ id: workflows.id, slug: workflows.slug });
		return row ?? null;
	});
}
