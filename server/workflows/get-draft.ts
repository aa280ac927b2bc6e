import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { workflowVersions } from "@/db/schema/workflows";
import { readKnownPrompts } from "@/server/prompts/known-prompts";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { findIssues, hashLargePlan } from "@/server/threads/large-work";
import { readPlanContext } from "./check-plan";
import { readPins } from "./read-pins";
import { findWorkflow, type WorkflowRef, type WorkflowRow } from "./workflow-ref";
import { readDraft } from "./write-draft";

/** A workflow as it is being drawn, and all that an editor must know beside it. */
export async function getDraft({ database: { db }, actor, signal }: Caller, input: WorkflowRef) {
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const { plan, revision, savedBy, savedAt } = await readDraft(db, workflow.id);
	const { credentials, ownCredentials } = await readPlanContext(db, { teamId: team.id, actor });
	const publishedHash = await findPublishedHash(db, workflow);
	return {
		id: workflow.id,
		slug: workflow.slug,
		name: workflow.name,
		description: workflow.description,
		archivedAt: workflow.archivedAt,
		teamName: team.name,
		plan,
		revision,
		savedBy,
		savedAt,
		/** The published version, null until the first. */
		version: workflow.currentVersion,
		/** Its plan's hash: a draft of the same hash has nothing to publish. */
		publishedHash,
		isChanged: publishedHash !== (await hashLargePlan(plan)),
		issues: await findIssues(plan, { credentials, prompts: await readKnownPrompts(db, team.id, [plan]), signal }),
		/** Outputs pinned to steps, by the step's id. */
		pins: await readPins(db, workflow.id),
		/** The names that references to secrets may use; only for those who may know them. */
		credentials: allows(role, "credential:list") ? credentials : null,
		/** The names among them that the reader's runs alone find. */
		ownCredentials,
		/** It was read by somebody who may change it. */
		canEdit: allows(role, "workflow:edit"),
	};
}

async function findPublishedHash(db: DbLike, workflow: WorkflowRow): Promise<string | null> {
	if (workflow.currentVersion === null) return null;
	const [row] = await db
		.select({ planHash: workflowVersions.planHash })
		.from(workflowVersions)
		.where(and(eq(workflowVersions.workflowId, workflow.id), eq(workflowVersions.version, workflow.currentVersion)));
	return row?.planHash ?? null;
}
