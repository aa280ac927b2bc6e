import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { plans } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

/** Throws `not_found` unless the run's plan has the step. */
export async function requireStep(db: DbLike, runId: string, nodeId: string): Promise<void> {
	const [row] = await db
		.select({ plan: plans.plan })
		.from(runs)
		.innerJoin(plans, and(eq(plans.teamId, runs.teamId), eq(plans.hash, runs.planHash)))
		.where(eq(runs.id, runId));
	if (readStoredPlan(row?.plan).plan?.nodes.some(({ id }) => id === nodeId)) return;
	throw new WeftError("not_found", `This run has no step “${nodeId}”.`);
}
