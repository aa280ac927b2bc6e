import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { plans } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { planSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { allows } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { isListed } from "./list-runs";

export const getRunInput = workflowRefInput.extend({ number: z.int().positive() });

/** A run's facts and the exact plan it executes. What happens in it comes from `watchRuns`. */
export async function getRun({ database: { db }, actor }: Caller, input: z.infer<typeof getRunInput>) {
	const { team, role } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const found = await findRun(db, workflow.id, input.number);
	if (!found) throw new WeftError("not_found", `“${workflow.name}” has no run ${input.number}.`);
	return {
		...found.facts,
		plan: planSchema.parse(found.plan),
		workflow: { id: workflow.id, slug: workflow.slug, name: workflow.name },
		teamName: team.name,
		permissions: { canCancel: allows(role, "run:control"), canDecide: allows(role, "run:decide") },
	};
}

async function findRun(db: DbLike, workflowId: string, number: number) {
	const [row] = await db
		.select({
			facts: {
				id: runs.id,
				number: runs.number,
				kind: runs.kind,
				version: runs.version,
				input: runs.input,
				output: runs.output,
				error: runs.error,
				status: runs.status,
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
