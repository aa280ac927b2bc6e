import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate-plan";

/** The names that `{{ secrets.… }}` may use in a team's plans. */
export async function listCredentialNames(db: DbLike, teamId: string): Promise<string[]> {
	const rows = await db.select({ name: credentials.name }).from(credentials).where(eq(credentials.teamId, teamId));
	return rows.map((row) => row.name);
}

/** Everything that is wrong with a plan in its team. */
export async function checkPlan(db: DbLike, teamId: string, plan: Plan): Promise<Issue[]> {
	return validatePlan(plan, { credentials: await listCredentialNames(db, teamId) });
}

export function hasErrors(issues: readonly Issue[]): boolean {
	return issues.some((issue) => issue.severity === "error");
}
