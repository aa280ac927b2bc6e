import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { listSentSettings, sharePlan } from "./share-plan";
import { readSharedVersion } from "./shared-version";
import { workflowFilter } from "./visit-workflow";

export const previewWorkflowLinkInput = workflowRefInput.extend({
	settings: z.boolean(),
	version: rowNumberSchema.optional(),
});

/** What a link of a workflow would send now, made by the same filter as for its visitors. */
export async function previewWorkflowLink(
	{ database: { db }, actor }: Caller,
	{ team: slug, slug: workflowSlug, settings, version: pinned }: z.infer<typeof previewWorkflowLinkInput>,
) {
	const { team } = await requireMember(db, actor, slug, "run:share");
	const filter = workflowFilter(settings);
	const { version, plan } = await readSharedVersion(db, await findWorkflow(db, team.id, workflowSlug), pinned ?? null);
	const sent = sharePlan(plan, filter);
	return { version, settings: settings ? listSentSettings(sent) : [], redacted: filter.redacted() };
}
