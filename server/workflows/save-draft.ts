import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { WeftError } from "@/server/errors";
import type { Issue } from "@/server/plan/issue";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { checkPlan } from "./check-plan";
import { findWorkflowId, workflowRefInput } from "./workflow-ref";
import { type DraftConflict, writeDraft } from "./write-draft";

export const saveDraftInput = workflowRefInput.extend({
	/** A plan as JSON; what keeps it from being one is refused, what is wrong in it is not. */
	plan: z.unknown(),
	/** The revision that was edited. */
	revision: rowNumberSchema,
	/** Made by the editor for each save, so that one whose answer was lost can be repeated or followed up. */
	saveId: z.uuid().optional(),
	/** The editor's saves since `revision` that were never answered. */
	unanswered: z.array(z.uuid()).max(50).optional(),
});

export type SavedDraft = { status: "saved"; revision: number; issues: Issue[] } | DraftConflict;

/**
 * Saves what is being drawn, errors and all. When somebody else saved first nothing is written, and the answer is what
 * they saved.
 */
export async function saveDraft(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof saveDraftInput>,
): Promise<SavedDraft> {
	const { team } = await requireMember(db, actor, input.team, "workflow:edit");
	const plan = readSentPlan(input.plan);
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const { revision, saveId, unanswered } = input;
	const written = await writeDraft(db, { workflowId, plan, revision, actor, saveId, unanswered });
	if (written.status === "conflict") return written;
	return { ...written, issues: await checkPlan(db, { teamId: team.id, actor }, { plan }) };
}

/** A plan that a browser sent. Throws `invalid` or `too_large` with the problems when it is none. */
export function readSentPlan(value: unknown): Plan {
	const { plan, issues } = parsePlan(value);
	if (plan) return plan;
	const isTooLarge = issues.some((issue) => issue.code === "too_large");
	throw new WeftError(isTooLarge ? "too_large" : "invalid", "This is not a workflow. See the problems.", { issues });
}
