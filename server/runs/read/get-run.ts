import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import { plans } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { requirePlan } from "@/server/workflows/stored-plan";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { shownStatus } from "../shown-status";
import { isListed } from "./list-runs";
import { readPhase } from "./read-phase";

export const getRunInput = workflowRefInput.extend({ number: rowNumberSchema });

/** A run without its events, and the exact plan it executes. The events come from `watchRuns`. */
export async function getRun({ database: { db, sql }, actor }: Caller, input: z.infer<typeof getRunInput>) {
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const found = await findRun(db, workflow.id, input.number);
	if (!found) throw new WeftError("not_found", `“${workflow.name}” has no run ${input.number}.`);
	const { pinned, ...summary } = found.summary;
	return {
		...summary,
		/** How it stood after the event `lastSeq`: known at once, while its events come one by one. */
		phase: await readPhase(sql, summary),
		/** The steps of a test that ended with their pinned output instead of running. */
		pinned: summary.kind === "draft" ? Object.keys(pinned?.steps ?? {}) : [],
		plan: requirePlan(found.plan, "This run"),
		workflow: { id: workflow.id, slug: workflow.slug, name: workflow.name },
		teamName: team.name,
		permissions: {
			canCancel: allows(role, "run:control"),
			canDecide: allows(role, "run:decide"),
			canEdit: workflow.archivedAt === null && allows(role, "workflow:edit"),
		},
	};
}

async function findRun(db: DbLike, workflowId: string, number: number) {
	const [row] = await db
		.select({
			summary: {
				id: runs.id,
				number: runs.number,
				kind: runs.kind,
				version: runs.version,
				input: runs.input,
				output: runs.output,
				error: runs.error,
				status: runs.status,
				shownStatus,
				lastSeq: runs.lastSeq,
				pinned: runs.pinned,
				actor: runs.actor,
				trigger: runs.trigger,
				createdAt: runs.createdAt,
				startedAt: runs.startedAt,
				endedAt: runs.endedAt,
				costUsd: runs.costUsd,
				tokens: runs.tokens,
				budgetUsd: runs.budgetUsd,
			},
			plan: plans.plan,
		})
		.from(runs)
		.innerJoin(plans, and(eq(plans.teamId, runs.teamId), eq(plans.hash, runs.planHash)))
		.where(and(isListed(workflowId), eq(runs.number, number)));
	return row;
}
