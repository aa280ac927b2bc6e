import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { templates, templateVersions } from "@/db/schema/templates";
import { plans, workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { notifyReviewers } from "@/server/notifications/notify-templates";
import type { Plan } from "@/server/plan/plan";
import { slugify } from "@/server/plan/slugify";
import { isSameJson } from "@/server/plan/values/same-json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { findIssues } from "@/server/threads/large-work";
import { requirePlan } from "@/server/workflows/stored-plan";
import { findWorkflowId, lockWorkflow, type WorkflowRow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { readPublishedSample, sampleChoiceSchema } from "./published-sample";
import { categorySchema } from "./template-file";
import { refuseLargePlan, refuseManyVersions, takePlace } from "./template-limits";
import { forgetApprovals } from "./template-versions";
import { withoutAddresses } from "./without-addresses";

export const publishTemplateInput = workflowRefInput.extend({
	category: categorySchema,
	/** For everybody on this server, once an administrator approves it. */
	forInstance: z.boolean(),
	note: z.string().trim().max(500).default(""),
	/** A run of what is published now, which its page plays. */
	sample: sampleChoiceSchema.nullable().default(null),
});
type PublishTemplate = z.infer<typeof publishTemplateInput>;

/**
 * Makes the published version of a workflow a template of its team, or the next version of the template that it is
 * already; one that does and plays the same stays that version. Throws `conflict` for a workflow that was never published
 * and beyond the limits, and `invalid` with the places where its plan holds what looks like a secret: whoever finds the
 * template would read it.
 */
export async function publishTemplate(
	{ database, actor }: Caller,
	input: PublishTemplate,
): Promise<{ template: string; version: number }> {
	const { team } = await requireMember(database.db, actor, input.team, "template:publish");
	const workflowId = await findWorkflowId(database.db, team.id, input.slug);
	const sample = input.sample && (await readPublishedSample(database, workflowId, input.sample));
	return await database.db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const { plan: whole, planHash } = await readPublishedPlan(tx, workflow);
		const plan = input.forInstance ? withoutAddresses(whole) : whole;
		if (sample && sample.planHash !== planHash)
			throw new WeftError("conflict", "The chosen run is of another version. Choose a run of the published version.");
		await refuseSecrets(plan);
		const row = await takeTemplate(tx, workflow, input);
		const { name, description } = workflow;
		const { category, forInstance: isForInstance } = input;
		const isSaid = row.name === name && row.description === description && row.category === category;
		const content = { plan, sampleRun: sample?.recorded ?? null };
		const version = isSaid && (await hasContent(tx, row, content)) ? row.version : row.version + 1;
		const publishedBy = actor.kind === "user" ? actor.id : null;
		refuseManyVersions(version);
		if (version > row.version)
			await tx
				.insert(templateVersions)
				.values({ templateId: row.id, version, ...content, note: input.note, publishedBy });
		const changed = { name, description, category, isForInstance, version, unpublishedAt: null, updatedAt: new Date() };
		// What is no longer for everybody is seen by nobody else, and what nobody has read is approved by nobody.
		const approvedVersion = isForInstance && isSaid ? row.approvedVersion : null;
		await tx
			.update(templates)
			.set({ ...changed, approvedVersion })
			.where(eq(templates.id, row.id));
		if (!isForInstance) await forgetApprovals(tx, row.id);
		const stands = { ...row, ...changed, approvedVersion };
		if (isWaitingNow(stands)) await notifyReviewers(tx, stands);
		const target = { type: "template", id: row.id };
		const detail = { name, slug: row.slug, version, isForInstance, sample: input.sample?.runId ?? null };
		await writeAudit(tx, { teamId: team.id, actor, action: "template.published", target, detail });
		return { template: row.slug, version };
	});
}

/** No administrator has answered yet (`isWaiting`, of a row that is at hand). */
function isWaitingNow({
	isForInstance,
	version,
	approvedVersion,
	declinedVersion,
}: typeof templates.$inferSelect): boolean {
	return isForInstance && version > Math.max(approvedVersion ?? 0, declinedVersion ?? 0);
}

async function readPublishedPlan(
	tx: DbTransaction,
	workflow: WorkflowRow,
): Promise<{ plan: Plan; planHash: string | undefined }> {
	if (workflow.currentVersion === null)
		throw new WeftError("conflict", `“${workflow.name}” is a draft. Publish it first.`);
	const [row] = await tx
		.select({ plan: plans.plan, planHash: plans.hash })
		.from(workflowVersions)
		.innerJoin(plans, and(eq(plans.teamId, workflowVersions.teamId), eq(plans.hash, workflowVersions.planHash)))
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, workflow.currentVersion)));
	const plan = requirePlan(row?.plan);
	refuseLargePlan(plan);
	return { plan, planHash: row?.planHash };
}

async function refuseSecrets(plan: Plan): Promise<void> {
	const issues = (await findIssues(plan, { credentials: [] })).filter(({ code }) => code === "literal_secret");
	if (issues.length === 0) return;
	const what = issues.length === 1 ? "A value in it looks" : `${issues.length} values in it look`;
	const next = "Put it into a credential, publish the workflow, then publish the template again.";
	throw new WeftError("invalid", `${what} like a secret, which everybody who sees the template could read. ${next}`, {
		issues,
	});
}

/** The workflow's template; a new one has no version yet. Its address cannot be guessed from its name. */
async function takeTemplate(tx: DbTransaction, workflow: WorkflowRow, input: PublishTemplate) {
	const [known] = await tx.select().from(templates).where(eq(templates.workflowId, workflow.id)).for("update");
	if (known?.unpublishedAt === null) return known;
	await takePlace(tx, workflow.teamId);
	if (known) return known;
	const slug = `${slugify(workflow.name, "template")}-${randomBytes(4).toString("hex")}`;
	const { teamId, id: workflowId, name, description } = workflow;
	const named = { id: newId(), slug, teamId, workflowId, name, description, category: input.category };
	const [made] = await tx
		.insert(templates)
		.values({ ...named, version: 0, isForInstance: input.forInstance })
		.returning();
	if (!made) throw new Error("The template was not inserted.");
	return made;
}

interface Content {
	plan: Plan;
	sampleRun: unknown;
}

async function hasContent(
	tx: DbTransaction,
	row: { id: string; version: number },
	{ plan, sampleRun }: Content,
): Promise<boolean> {
	const [last] = await tx
		.select({ plan: templateVersions.plan, sampleRun: templateVersions.sampleRun })
		.from(templateVersions)
		.where(and(eq(templateVersions.templateId, row.id), eq(templateVersions.version, row.version)));
	if (last === undefined || JSON.stringify(last.sampleRun) !== JSON.stringify(sampleRun)) return false;
	return isSameJson(requirePlan(last.plan), plan);
}
