import { z } from "zod";
import type { Issue } from "@/server/plan/issue";
import { PLAN_LIMITS } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { createWorkflow } from "./create-workflow";
import { readWorkflowFile } from "./read-workflow-file";
import { teamInput, workflowNameSchema } from "./workflow-ref";

export const importWorkflowInput = teamInput.extend({
	yaml: z.string().max(PLAN_LIMITS.bytes, "This file is too large: 2 MB at most."),
	/** Instead of the name in the file. */
	name: workflowNameSchema.optional(),
});

/**
 * Adds a workflow from its YAML. Without errors it is published at once; with errors it is kept as a draft. Throws
 * `invalid` with the places when the text is no plan at all.
 */
export async function importWorkflow(
	{ database: { db }, actor, signal }: Caller,
	input: z.infer<typeof importWorkflowInput>,
): Promise<{ slug: string; issues: Issue[] }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const file = await readWorkflowFile(input.yaml, signal);
	const renamed = input.name === undefined ? file : { ...file, name: input.name, slug: undefined };
	const created = await db.transaction((tx) => createWorkflow(tx, { ...renamed, teamId: team.id, actor }));
	return { slug: created.slug, issues: created.issues };
}
