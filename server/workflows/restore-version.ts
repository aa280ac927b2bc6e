import type { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import type { Plan } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { findVersion, getVersionInput } from "./get-version";
import { lockWorkflow } from "./workflow-ref";
import { type DraftConflict, writeDraft } from "./write-draft";

export const restoreVersionInput = getVersionInput.extend({
	/** The revision of the draft that is given up. */
	revision: rowNumberSchema,
});

export type RestoredVersion = { status: "saved"; revision: number; plan: Plan } | DraftConflict;

/**
 * Puts a published version's plan in the place of the draft; nothing runs differently until it is published. When
 * somebody has saved since `revision` nothing is written, and the answer is what they saved.
 */
export async function restoreVersion(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof restoreVersionInput>,
): Promise<RestoredVersion> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	return await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, input.slug);
		const { plan } = await findVersion(tx, workflow, input.version);
		const written = await writeDraft(tx, { workflowId: workflow.id, plan, revision: input.revision, actor });
		if (written.status === "conflict") return written;
		const isRestoredAlready = written.revision === workflow.revision;
		if (isRestoredAlready) return { ...written, plan };
		const target = { type: "workflow", id: workflow.id };
		const detail = { version: input.version };
		await writeAudit(tx, { teamId: team.id, actor, action: "workflow.restored", target, detail });
		return { ...written, plan };
	});
}
