import { eq } from "drizzle-orm";
import { runs } from "@/db/schema/runs";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { isListed } from "@/server/runs/read/list-runs";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockWorkflow, type WorkflowRef } from "./workflow-ref";

/**
 * Deletes a workflow that never ran, with the tries of its steps. One that has runs is archived instead, so that no run
 * is ever lost.
 */
export async function removeWorkflow({ database: { db }, actor }: Caller, input: WorkflowRef): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "workflow:remove");
	await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		if ((await tx.$count(runs, isListed(workflow.id))) > 0) {
			throw new WeftError("conflict", `“${workflow.name}” has runs, so it cannot be deleted. Archive it instead.`);
		}
		await tx.delete(runs).where(eq(runs.workflowId, workflow.id));
		await tx.delete(workflows).where(eq(workflows.id, workflow.id));
		const target = { type: "workflow", id: workflow.id };
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "workflow.removed",
			target,
			detail: { slug: workflow.slug },
		});
	});
}
