import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { templates } from "@/db/schema/templates";
import { announceReviewers } from "@/server/notifications/notify-templates";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { teamInput } from "@/server/workflows/workflow-ref";
import { templateNotFound } from "./template-not-found";
import { forgetApprovals } from "./template-versions";

export const unpublishTemplateInput = teamInput.extend({ template: z.string().min(1).max(100) });

/** Takes a template of the team back: nobody finds it any more. Workflows that were made from it stay as they are. */
export async function unpublishTemplate(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof unpublishTemplateInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "template:publish");
	await db.transaction(async (tx) => {
		const [gone] = await tx
			.update(templates)
			.set({ unpublishedAt: new Date(), isForInstance: false, approvedVersion: null })
			.where(and(eq(templates.slug, input.template), eq(templates.teamId, team.id), isNull(templates.unpublishedAt)))
			.returning({ id: templates.id, slug: templates.slug, name: templates.name });
		if (!gone) throw templateNotFound(input.template);
		await forgetApprovals(tx, gone.id);
		await announceReviewers(tx, gone);
		const target = { type: "template", id: gone.id };
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "template.unpublished",
			target,
			detail: { name: gone.name, slug: gone.slug },
		});
	});
}
