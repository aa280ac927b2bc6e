import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { plans } from "@/db/schema/workflows";
import { oncePerProcess } from "@/server/once-per-process";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

const KEPT = 5_000;

/**
 * How many steps each plan has, by its hash; a container counts as one, however often its body runs. A plan never changes,
 * so its count is cached. A plan that cannot be read has no count.
 */
export async function countPlanSteps(
	db: DbLike,
	teamId: string,
	hashes: readonly string[],
): Promise<Map<string, number | undefined>> {
	const kept = oncePerProcess("plan-steps", () => new Map<string, number | undefined>());
	const counts = new Map<string, number | undefined>();
	for (const hash of hashes) {
		const key = `${teamId} ${hash}`;
		if (!kept.has(key)) kept.set(key, await countSteps(db, teamId, hash));
		counts.set(hash, kept.get(key));
	}
	for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(key);
	return counts;
}

async function countSteps(db: DbLike, teamId: string, hash: string): Promise<number | undefined> {
	const [row] = await db
		.select({ plan: plans.plan })
		.from(plans)
		.where(and(eq(plans.teamId, teamId), eq(plans.hash, hash)));
	return readStoredPlan(row?.plan).plan?.nodes.filter(({ parent }) => parent === undefined).length;
}
