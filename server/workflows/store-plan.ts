import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans } from "@/db/schema/workflows";
import type { Plan } from "@/server/plan/plan";
import { hashLargePlan } from "@/server/threads/large-work";

/** Keeps a plan under its hash, for versions and runs to point at. Storing the same one twice stores it once. */
export async function storePlan(db: DbLike, teamId: string, plan: Plan): Promise<string> {
	const hash = await hashLargePlan(plan);
	await insertPlan(db, { teamId, hash, plan });
	return hash;
}

/** The same for a plan whose hash is known. */
export async function insertPlan(db: DbLike, row: { teamId: string; hash: string; plan: Plan }): Promise<void> {
	await db
		.insert(plans)
		.values(row)
		.onConflictDoUpdate({ target: [plans.teamId, plans.hash], set: { storedAt: sql`now()` } });
}
