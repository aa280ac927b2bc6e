import type { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeWorkflowText } from "@/server/threads/large-work";
import { findVersion } from "./get-version";
import { findWorkflow, workflowRefInput } from "./workflow-ref";
import { readDraft } from "./write-draft";

export const exportWorkflowInput = workflowRefInput.extend({
	/** The published version of this number; the draft when it is left out. */
	version: rowNumberSchema.optional(),
});

/** A workflow's draft, or one of its versions, as the text of its file. */
export async function exportWorkflow(
	{ database: { db }, actor, signal }: Caller,
	input: z.infer<typeof exportWorkflowInput>,
): Promise<{ yaml: string }> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const { plan } =
		input.version === undefined ? await readDraft(db, workflow.id) : await findVersion(db, workflow, input.version);
	const { slug, name, description } = workflow;
	return { yaml: await writeWorkflowText({ slug, name, description, plan }, signal) };
}
