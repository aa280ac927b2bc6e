import { and, eq, ne, or } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { slugSchema } from "@/server/plan/slug-schema";
import { isSlugOf, slugify } from "@/server/plan/slugify";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import type { Caller } from "@/server/teams/caller";
import { canChangeSlug, keepFormerSlugs, lockSlug } from "@/server/teams/former-slugs";
import { requireMember } from "@/server/teams/require-member";
import { takeFreeSlug } from "@/server/teams/take-free-slug";
import { writeAudit } from "@/server/teams/write-audit";
import { announceWorkflow } from "./announce-workflow";
import {
	hasFormerSlug,
	lockWorkflow,
	slugsOf,
	type WorkflowRow,
	workflowNameSchema,
	workflowRefInput,
} from "./workflow-ref";

export const renameWorkflowInput = workflowRefInput.extend({
	name: workflowNameSchema,
	/** Left as it is when it is left out. */
	description: z.string().trim().max(WORKFLOW_LIMITS.description).optional(),
	/** The address; when it is left out, one that was made of the name goes with it. */
	newSlug: slugSchema.optional(),
});

type Names = Pick<WorkflowRow, "name" | "description" | "slug">;

/** Gives a workflow another name, description or slug. Links with a slug that it had before still lead to it. */
export async function renameWorkflow(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof renameWorkflowInput>,
): Promise<Names> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const { name, description = workflow.description } = input;
		const slug = input.newSlug ?? (await followName(tx, workflow, name));
		const names = { name, description, slug };
		if (name === workflow.name && description === workflow.description && slug === workflow.slug) return names;
		const formerSlugs = await changeSlug(tx, workflow, slug);
		await tx
			.update(workflows)
			.set({ ...names, formerSlugs, updatedAt: new Date() })
			.where(eq(workflows.id, workflow.id));
		const target = { type: "workflow", id: workflow.id };
		const before = { name: workflow.name, description: workflow.description, slug: workflow.slug };
		const change = { before, after: names };
		await writeAudit(tx, { teamId: team.id, actor, action: "workflow.renamed", target, detail: { slug }, change });
		await announceWorkflow(tx, workflow.id);
		return names;
	});
}

/** A slug that was made of the name goes with it. */
async function followName(tx: DbTransaction, workflow: WorkflowRow, name: string): Promise<string> {
	const { slug } = workflow;
	if (!isSlugOf(workflow) || isSlugOf({ name, slug }) || !canChangeSlug(workflow)) return slug;
	const wanted = { slug: slugify(name, slug), taken: slugsOf(workflow.teamId, workflow.id) };
	return await takeFreeSlug(tx, wanted, async (free) => ((await findOther(tx, workflow, free)) ? null : free));
}

/** The slugs that lead to it from now on beside its own. Throws `conflict` when another workflow has the new one. */
async function changeSlug(tx: DbTransaction, workflow: WorkflowRow, slug: string): Promise<string[]> {
	const other = await findOther(tx, workflow, slug);
	if (other) throw new WeftError("conflict", `The address ${slug} leads to “${other.name}”. Choose another one.`);
	return keepFormerSlugs(workflow, slug);
}

/** Another workflow of the team that a slug leads to. */
async function findOther(tx: DbTransaction, { id, teamId }: WorkflowRow, slug: string) {
	await lockSlug(tx, teamId, slug);
	const [other] = await tx
		.select({ name: workflows.name })
		.from(workflows)
		.where(
			and(
				eq(workflows.teamId, teamId),
				ne(workflows.id, id),
				or(eq(workflows.slug, slug), hasFormerSlug(teamId, slug)),
			),
		);
	return other;
}
