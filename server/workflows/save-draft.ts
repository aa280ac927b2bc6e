import { eq } from "drizzle-orm";
import { z } from "zod";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Issue } from "@/server/plan/issue";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { checkPlan } from "./check-plan";
import { lockWorkflow, workflowRefInput } from "./workflow-ref";

export const saveDraftInput = workflowRefInput.extend({
	/** A plan as JSON; what keeps it from being one is refused, what is wrong in it is not. */
	plan: z.unknown(),
	/** The revision that was edited; a save on top of another one is refused. */
	revision: z.int().positive(),
});

/** Saves what is being drawn, errors and all. Throws `conflict` when somebody else saved first. */
export async function saveDraft(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof saveDraftInput>,
): Promise<{ revision: number; issues: Issue[] }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const { plan, issues: refusal } = parsePlan(input.plan);
	if (!plan) throw new WeftError("invalid", "This is not a plan. See the problems.", { issues: refusal });
	const issues = await checkPlan(db, team.id, plan);
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		if (workflow.revision !== input.revision) {
			throw new WeftError("conflict", `Somebody else has saved “${workflow.name}” since you opened it. Load it again.`);
		}
		const revision = workflow.revision + 1;
		await tx
			.update(workflows)
			.set({ draft: plan, revision, updatedAt: new Date() })
			.where(eq(workflows.id, workflow.id));
		return { revision, issues };
	});
}
