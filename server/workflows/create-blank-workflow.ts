import type { z } from "zod";
import { planSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { createWorkflow } from "./create-workflow";
import { teamInput, workflowNameSchema } from "./workflow-ref";

export const createBlankWorkflowInput = teamInput.extend({
	name: workflowNameSchema.default("Untitled workflow"),
});

/** Adds a workflow with nothing in it, to be drawn. It stays a draft until somebody publishes it. */
export async function createBlankWorkflow(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof createBlankWorkflowInput>,
): Promise<{ slug: string }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const plan = planSchema.parse({ version: 1, nodes: [] });
	const blank = { teamId: team.id, actor, name: input.name, description: "", plan, isDraft: true };
	const { slug } = await db.transaction((tx) => createWorkflow(tx, blank));
	return { slug };
}
