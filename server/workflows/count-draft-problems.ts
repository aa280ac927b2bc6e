import { and, eq, inArray } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { oncePerProcess } from "@/server/once-per-process";
import { isError } from "@/server/plan/issue";
import { planSchema } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate-plan";
import { readPlanContext } from "./check-plan";

const KEPT = 5_000;

interface DraftRef {
	id: string;
	revision: number;
}

/**
 * The number of errors in each draft. A revision never changes, so its count is kept, for the credentials it was made
 * with: a list that is polled reads no plan twice.
 */
export async function countDraftProblems(
	db: DbLike,
	teamId: string,
	drafts: readonly DraftRef[],
): Promise<Map<string, number>> {
	const context = await readPlanContext(db, teamId);
	const kept = oncePerProcess("draft-problems", () => new Map<string, number>());
	const keyOf = ({ id, revision }: DraftRef) => `${id} ${revision} ${context.credentials.join(" ")}`;
	const unknown = drafts.filter((draft) => !kept.has(keyOf(draft))).map((draft) => draft.id);
	for (const row of await readDrafts(db, teamId, unknown)) {
		const issues = validatePlan(planSchema.parse(row.draft), context);
		kept.set(keyOf(row), issues.filter(isError).length);
	}
	const counts = new Map(drafts.map((draft) => [draft.id, kept.get(keyOf(draft)) ?? 0]));
	for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(key);
	return counts;
}

async function readDrafts(db: DbLike, teamId: string, ids: string[]) {
	if (ids.length === 0) return [];
	return await db
		.select({ id: workflows.id, revision: workflows.revision, draft: workflows.draft })
		.from(workflows)
		.where(and(eq(workflows.teamId, teamId), inArray(workflows.id, ids)));
}
