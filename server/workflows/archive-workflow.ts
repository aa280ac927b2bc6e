import { eq } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { findPublished } from "@/server/runs/verbs/find-published";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import type { Trigger } from "@/server/triggers/catalog";
import { registerTriggers } from "@/server/triggers/register-triggers";
import { lockWorkflow, type WorkflowRef, type WorkflowRow } from "./workflow-ref";

/** Takes a workflow out of the list. Its runs stay; it cannot be run until it is brought back. */
export async function archiveWorkflow(caller: Caller, input: WorkflowRef): Promise<void> {
	await setArchived(caller, input, true);
}

/** Brings an archived workflow back. */
export async function unarchiveWorkflow(caller: Caller, input: WorkflowRef): Promise<void> {
	await setArchived(caller, input, false);
}

async function setArchived({ database: { db }, actor }: Caller, input: WorkflowRef, archived: boolean): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		if ((workflow.archivedAt !== null) === archived) return;
		await tx
			.update(workflows)
			.set({ archivedAt: archived ? new Date() : null })
			.where(eq(workflows.id, workflow.id));
		const triggers = archived ? [] : await readTriggers(tx, workflow);
		await registerTriggers(tx, { teamId: team.id, workflowId: workflow.id, triggers });
		const target = { type: "workflow", id: workflow.id };
		const action = archived ? "workflow.archived" : "workflow.unarchived";
		await writeAudit(tx, { teamId: team.id, actor, action, target, detail: { slug: workflow.slug } });
	});
}

/** Those of the published version. */
async function readTriggers(tx: DbTransaction, workflow: WorkflowRow): Promise<readonly Trigger[]> {
	if (workflow.currentVersion === null) return [];
	return (await findPublished(tx, { ...workflow, archivedAt: null })).plan.triggers;
}
