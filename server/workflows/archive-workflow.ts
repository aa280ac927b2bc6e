import { eq } from "drizzle-orm";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockWorkflow, type WorkflowRef } from "./workflow-ref";

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
		const target = { type: "workflow", id: workflow.id };
		const action = archived ? "workflow.archived" : "workflow.unarchived";
		await writeAudit(tx, { teamId: team.id, actor, action, target, detail: { slug: workflow.slug } });
	});
}
