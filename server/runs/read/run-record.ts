import { and, eq, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { plans } from "@/db/schema/workflows";
import { requirePlan } from "@/server/workflows/stored-plan";
import { shownStatus } from "../shown-status";
import { readPhase } from "./read-phase";

/** A run without its events, and the exact plan it executes; undefined where there is none. */
export async function readRunRecord({ db, sql }: Pick<Database, "db" | "sql">, which: SQL | undefined) {
	const [found] = await db
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
		.where(which);
	if (!found) return undefined;
	const { pinned, ...summary } = found.summary;
	return {
		...summary,
		/** How it stood after the event `lastSeq`: known at once, while its events come one by one. */
		phase: await readPhase(sql, summary),
		/** The steps of a test that ended with their pinned output instead of running. */
		pinned: summary.kind === "draft" ? Object.keys(pinned?.steps ?? {}) : [],
		plan: requirePlan(found.plan, "This run"),
	};
}
export type RunRecord = NonNullable<Awaited<ReturnType<typeof readRunRecord>>>;
