import { eq } from "drizzle-orm";
import { z } from "zod";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { announceWorkflow } from "./announce-workflow";
import { lockWorkflow, workflowNameSchema, workflowRefInput } from "./workflow-ref";

export const renameWorkflowInput = workflowRefInput.extend({
	name: workflowNameSchema,
	/** Left as it is when it is left out. */
	description: z.string().trim().max(2_000).optional(),
});

/** Gives a workflow another name or description. Its address stays, so that no link breaks. */
export async function renameWorkflow(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof renameWorkflowInput>,
): Promise<{ name: string; description: string }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const { name, description = workflow.description } = input;
		if (name === workflow.name && description === workflow.description) return { name, description };
		await tx.update(workflows).set({ name, description, updatedAt: new Date() }).where(eq(workflows.id, workflow.id));
		const target = { type: "workflow", id: workflow.id };
		const detail = { from: workflow.name, to: name };
		await writeAudit(tx, { teamId: team.id, actor, action: "workflow.renamed", target, detail });
		await announceWorkflow(tx, workflow.id);
		return { name, description };
	});
}
