import { asc, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { catalog } from "@/server/nodes/catalog";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import type { PlanContext } from "@/server/plan/plan-view";
import { validatePlan } from "@/server/plan/validate-plan";

/** What a team's plans are checked against: the types of steps there are, and the credentials it has. */
export async function readPlanContext(db: DbLike, teamId: string): Promise<Required<PlanContext>> {
	const rows = await db
		.select({ name: credentials.name })
		.from(credentials)
		.where(eq(credentials.teamId, teamId))
		.orderBy(asc(credentials.name));
	return { definitions: catalog, credentials: rows.map((row) => row.name) };
}

/** Everything that is wrong with a plan in its team. */
export async function checkPlan(db: DbLike, teamId: string, plan: Plan): Promise<Issue[]> {
	return validatePlan(plan, await readPlanContext(db, teamId));
}
