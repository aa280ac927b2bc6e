import { z } from "zod";
import { WeftError } from "@/server/errors";
import { planSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { checkPlan, hasErrors } from "./check-plan";
import { insertVersion } from "./insert-version";
import { lockWorkflow, workflowRefInput } from "./workflow-ref";

export const publishWorkflowInput = workflowRefInput.extend({ note: z.string().max(500).optional() });

/** Makes the draft the version that runs. Throws `invalid` with the issues when the draft has errors. */
export async function publishWorkflow(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof publishWorkflowInput>,
): Promise<{ version: number }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const plan = planSchema.parse(workflow.draft);
		const issues = await checkPlan(tx, team.id, plan);
		if (hasErrors(issues)) {
			throw new WeftError("invalid", `“${workflow.name}” has errors. Correct them, then publish it.`, { issues });
		}
		const publishedBy = actor.kind === "user" ? actor.id : null;
		const version = await insertVersion(tx, {
			teamId: team.id,
			workflowId: workflow.id,
			plan,
			publishedBy,
			note: input.note,
		});
		const target = { type: "workflow", id: workflow.id };
		await writeAudit(tx, { teamId: team.id, actor, action: "workflow.published", target, detail: { version } });
		return { version };
	});
}
