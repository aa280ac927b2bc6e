import { eq } from "drizzle-orm";
import { z } from "zod";
import { FAILURE_RULES, workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";

export const setFailureRuleInput = workflowRefInput.extend({ rule: z.enum(FAILURE_RULES) });

/** Says who hears when a workflow begins to fail: at once, without being published. */
export async function setFailureRule(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof setFailureRuleInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	await db.transaction(async (tx) => {
		const { id, slug, failureRule } = await lockWorkflow(tx, team.id, input.slug);
		await tx.update(workflows).set({ failureRule: input.rule }).where(eq(workflows.id, id));
		await writeAudit(tx, {
			...{ teamId: team.id, actor, action: "workflow.failure_rule_changed", target: { type: "workflow", id } },
			...{ detail: { slug }, change: { before: { rule: failureRule }, after: { rule: input.rule } } },
		});
	});
}
