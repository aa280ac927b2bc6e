import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { templates, templateVersions } from "@/db/schema/templates";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { slugify } from "@/server/teams/take-free-slug";
import { writeAudit } from "@/server/teams/write-audit";
import { findIssues } from "@/server/threads/large-work";
import { requirePlan } from "@/server/workflows/stored-plan";
import { lockWorkflow, type WorkflowRow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { categorySchema } from "./template-file";

export const publishTemplateInput = workflowRefInput.extend({
	category: categorySchema,
	/** For everybody on this server, once an administrator approves it. */
	forInstance: z.boolean(),
	note: z.string().trim().max(500).default(""),
});
type PublishTemplate = z.infer<typeof publishTemplateInput>;

/**
 * Makes the published version of a workflow a template of its team, or the next version of the template that it is
 * already; one that does the same stays that version. Throws `conflict` for a workflow that was never published, and
 * `invalid` with the places where its plan holds what looks like a secret: whoever finds the template would read it.
 */
export async function publishTemplate(
	{ database: { db }, actor }: Caller,
	input: PublishTemplate,
): Promise<{ template: string; version: number }> {
	const { team } = await requireMember(db, actor, input.team, "template:publish");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const plan = await readPublishedPlan(tx, workflow);
		await refuseSecrets(plan);
		const row = await takeTemplate(tx, workflow, input);
		const { name, description } = workflow;
		const { category, forInstance: isForInstance } = input;
		const isSaid = row.name === name && row.description === description && row.category === category;
		const version = isSaid && (await hasPlan(tx, row, plan)) ? row.version : row.version + 1;
		const publishedBy = actor.kind === "user" ? actor.id : null;
		if (version > row.version)
			await tx.insert(templateVersions).values({ templateId: row.id, version, plan, note: input.note, publishedBy });
		const changed = { name, description, category, isForInstance, version, unpublishedAt: null, updatedAt: new Date() };
		// What is no longer for everybody is seen by nobody else, and what nobody has read is approved by nobody.
		const approvedVersion = isForInstance && isSaid ? row.approvedVersion : null;
		await tx
			.update(templates)
			.set({ ...changed, approvedVersion })
			.where(eq(templates.id, row.id));
		const target = { type: "template", id: row.id };
		const detail = { slug: row.slug, version, isForInstance };
		await writeAudit(tx, { teamId: team.id, actor, action: "template.published", target, detail });
		return { template: row.slug, version };
	});
}

async function readPublishedPlan(tx: DbTransaction, workflow: WorkflowRow): Promise<Plan> {
	if (workflow.currentVersion === null)
		throw new WeftError("conflict", `“${workflow.name}” is a draft. Publish it, then make a template of it.`);
	const [row] = await tx
		.select({ plan: plans.plan })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, workflow.currentVersion)));
	return requirePlan(row?.plan);
}

async function refuseSecrets(plan: Plan): Promise<void> {
	const issues = (await findIssues(plan, { credentials: [] })).filter(({ code }) => code === "literal_secret");
	if (issues.length === 0) return;
	const what = issues.length === 1 ? "A value in it looks" : `${issues.length} values in it look`;
	const next = "Put it into a credential, publish the workflow, then make a template of it.";
	throw new WeftError("invalid", `${what} like a secret, which everybody who finds the template could read. ${next}`, {
		issues,
	});
}

/** The workflow's template; a new one has no version yet. Its address cannot be guessed from its name. */
async function takeTemplate(tx: DbTransaction, workflow: WorkflowRow, input: PublishTemplate) {
	const [known] = await tx.select().from(templates).where(eq(templates.workflowId, workflow.id)).for("update");
	if (known) return known;
	const slug = `${slugify(workflow.name, "template")}-${randomBytes(4).toString("hex")}`;
	const { teamId, id: workflowId, name, description } = workflow;
	const named = { id: newId(), slug, teamId, workflowId, name, description, category: input.category };
	const [made] = await tx
		.insert(templates)
		.values({ ...named, version: 0, isForInstance: input.forInstance })
		.returning();
	if (!made) throw new Error("The template was not kept.");
	return made;
}

async function hasPlan(tx: DbTransaction, row: { id: string; version: number }, plan: Plan): Promise<boolean> {
	const [last] = await tx
		.select({ plan: templateVersions.plan })
		.from(templateVersions)
		.where(and(eq(templateVersions.templateId, row.id), eq(templateVersions.version, row.version)));
	return last !== undefined && isSameJson(requirePlan(last.plan), plan);
}
