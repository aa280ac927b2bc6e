import { asc, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { referencesTo } from "@/server/credentials/catalog";
import type { PlanContext } from "@/server/plan/graph/plan-view";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { findIssues } from "@/server/threads/large-work";

/** What a team's plans are checked against beside the types of steps: what references to its credentials may read. */
export async function readPlanContext(db: DbLike, teamId: string): Promise<Required<Pick<PlanContext, "credentials">>> {
	const rows = await db
		.select({ name: credentials.name, parts: credentials.parts })
		.from(credentials)
		.where(eq(credentials.teamId, teamId))
		.orderBy(asc(credentials.name));
	return { credentials: rows.flatMap(referencesTo) };
}

/** What is wrong with a plan in its team, errors first. */
export async function checkPlan(
	db: DbLike,
	teamId: string,
	{ plan, ...how }: { plan: Plan; only?: readonly string[]; signal?: AbortSignal | undefined },
): Promise<Issue[]> {
	const { credentials } = await readPlanContext(db, teamId);
	return await findIssues(plan, { credentials, ...how });
}
