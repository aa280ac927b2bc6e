import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { templates } from "@/db/schema/templates";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, findWorkflowId, type WorkflowRef, workflowRefInput } from "@/server/workflows/workflow-ref";
import { readPublishedSample, sampleChoiceSchema, selectSampleRuns } from "./published-sample";

/** What a workflow is published as, if it is, and which of its runs can be played; the first of them is proposed. */
export async function getPublication({ database: { db }, actor }: Caller, input: WorkflowRef) {
	const { team } = await requireMember(db, actor, input.team, "template:publish");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const { version, category, isForInstance } = templates;
	const [template] = await db
		.select({ version, category, forInstance: isForInstance })
		.from(templates)
		.where(and(eq(templates.workflowId, workflow.id), isNull(templates.unpublishedAt)));
	return { template: template ?? null, runs: await selectSampleRuns(db, workflow) };
}

export const previewSampleInput = workflowRefInput.extend({ sample: sampleChoiceSchema });

/** What would be published of a run, made by what publishes it. */
export async function previewSample(
	{ database, actor }: Caller,
	{ team: slug, sample, ...workflow }: z.infer<typeof previewSampleInput>,
) {
	const { team } = await requireMember(database.db, actor, slug, "template:publish");
	const workflowId = await findWorkflowId(database.db, team.id, workflow.slug);
	const { events, redacted } = await readPublishedSample(database, workflowId, sample);
	return { events, redacted };
}
