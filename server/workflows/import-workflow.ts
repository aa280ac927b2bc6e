import { z } from "zod";
import type { Issue } from "@/server/plan/issue";
import { PLAN_LIMITS } from "@/server/plan/plan";
import { mayHoldStages } from "@/server/plan/stages/stage-outline";
import type { ImportNote } from "@/server/plan/yaml/read-stages";
import { listLibraryPrompts } from "@/server/prompts/known-prompts";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { createWorkflow } from "./create-workflow";
import { readImportedFile } from "./read-workflow-file";
import { teamInput, workflowNameSchema } from "./workflow-ref";

export const importWorkflowInput = teamInput.extend({
	yaml: z.string().max(PLAN_LIMITS.bytes, "This file is too large: 2 MB at most."),
	/** Instead of the name in the file. */
	name: workflowNameSchema.optional(),
});

/**
 * Adds a workflow from its YAML. Without errors it is published at once; with errors it is kept as a draft, and so is one of
 * stages, which has `notes` where its plan does not do what they said. Throws `invalid` with the places when the text is no
 * workflow at all.
 */
export async function importWorkflow(
	{ database: { db }, actor, signal }: Caller,
	input: z.infer<typeof importWorkflowInput>,
): Promise<{ slug: string; name: string; issues: Issue[]; notes: ImportNote[] | undefined }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const library = mayHoldStages(input.yaml) ? await listLibraryPrompts(db, team.id) : [];
	const { file, notes } = await readImportedFile({ yaml: input.yaml, library }, signal);
	const renamed = input.name === undefined ? file : { ...file, name: input.name, slug: undefined };
	const isDraft = notes !== undefined;
	const created = await db.transaction((tx) => createWorkflow(tx, { ...renamed, teamId: team.id, actor, isDraft }));
	return { slug: created.slug, name: renamed.name, issues: created.issues, notes };
}
