import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { WeftError } from "@/server/errors";
import { isError } from "@/server/plan/issue";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { announceWorkflow } from "./announce-workflow";
import { checkPlan } from "./check-plan";
import { insertVersion } from "./insert-version";
import { lockWorkflow, requireRevision, workflowRefInput } from "./workflow-ref";

export const publishWorkflowInput = workflowRefInput.extend({
	/** The revision of the draft that the publisher has seen. */
	revision: rowNumberSchema,
	note: z.string().trim().max(500).optional(),
});

/**
 * Makes the draft the version that runs; one that does the same as the current version stays that version. Throws
 * `conflict` when somebody has saved since `revision`, and `invalid` with the issues when the draft has errors.
 */
export async function publishWorkflow(
	{ database: { db }, actor }: Caller,
	{ note, ...input }: z.infer<typeof publishWorkflowInput>,
): Promise<{ version: number; isNew: boolean }> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const plan = requireRevision(workflow, input.revision);
		const issues = await checkPlan(tx, { teamId: team.id, actor }, { plan });
		if (issues.some(isError)) {
			throw new WeftError("invalid", `“${workflow.name}” has problems. Fix them, then publish it.`, { issues });
		}
		const publishedBy = actor.kind === "user" ? actor.id : null;
		const published = await insertVersion(tx, { teamId: team.id, workflowId: workflow.id, plan, publishedBy, note });
		if (!published.isNew) return published;
		const target = { type: "workflow", id: workflow.id };
		const detail = { slug: workflow.slug, ...(note !== undefined && { note }) };
		const before = workflow.currentVersion === null ? null : { version: workflow.currentVersion };
		const change = { before, after: { version: published.version } };
		await writeAudit(tx, { teamId: team.id, actor, action: "workflow.published", target, detail, change });
		await announceWorkflow(tx, workflow.id);
		return published;
	});
}
