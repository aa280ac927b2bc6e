import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans } from "@/db/schema/workflows";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";

/** Keeps a plan under its hash, for versions and runs to point at. Storing the same one twice stores it once. */
export async function storePlan(db: DbLike, teamId: string, plan: Plan): Promise<string> {
	const hash = hashPlan(plan);
	await db
		.insert(plans)
		.values({ teamId, hash, plan })
		.onConflictDoUpdate({ target: [plans.teamId, plans.hash], set: { storedAt: sql`now()` } });
	return hash;
}
