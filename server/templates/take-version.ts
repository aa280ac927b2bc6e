import { eq } from "drizzle-orm";
import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { workflowOrigins } from "@/db/schema/templates";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { readSentPlan } from "@/server/workflows/save-draft";
import { findWorkflowId, workflowRefInput } from "@/server/workflows/workflow-ref";
import { type WrittenDraft, writeDraft } from "@/server/workflows/write-draft";
import { findNewerVersion } from "./newer-version";

export const takeVersionInput = workflowRefInput.extend({
	/** The draft with the newer version merged into it. */
	plan: z.unknown(),
	/** The revision of the draft that was merged. */
	revision: rowNumberSchema,
	/** The version of the template that was merged into it. */
	version: rowNumberSchema,
});

/**
 * Saves a draft into which a newer version of its template was merged, and remembers that. When somebody else saved first
 * nothing is written, and the answer is what they saved. Throws `conflict` when the template has another version by now.
 */
export async function takeVersion(caller: Caller, input: z.infer<typeof takeVersionInput>): Promise<WrittenDraft> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "workflow:edit");
	const plan = readSentPlan(input.plan);
	const workflowId = await findWorkflowId(database.db, team.id, input.slug);
	const newer = await findNewerVersion(caller, input);
	if (newer?.version !== input.version)
		throw new WeftError(
			"conflict",
			"The template has changed since you opened this page. Look at it again, then merge.",
		);
	return await database.db.transaction(async (tx) => {
		const written = await writeDraft(tx, { workflowId, plan, revision: input.revision, actor });
		if (written.status === "conflict") return written;
		const taken = { version: newer.version, base: newer.theirs };
		await tx.update(workflowOrigins).set(taken).where(eq(workflowOrigins.workflowId, workflowId));
		const target = { type: "workflow", id: workflowId };
		const detail = { template: newer.template.slug, version: newer.version };
		await writeAudit(tx, { teamId: team.id, actor, action: "template.taken", target, detail });
		return written;
	});
}
