import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { shownStatus } from "../shown-status";
import { countPlanSteps } from "./count-plan-steps";

export const listRunsInput = workflowRefInput.extend({
	/** Only runs with a smaller number: the `next` of the page before. */
	before: rowNumberSchema.optional(),
	limit: z.int().min(1).max(100).default(25),
});

/** A workflow's runs and the tests of its draft, newest first, a page at a time. */
export async function listRuns({ database: { db }, actor }: Caller, input: z.infer<typeof listRunsInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const rows = await readPage(db, workflow.id, input);
	const page = rows.slice(0, input.limit);
	const totals = await countPlanSteps(db, team.id, [...new Set(page.map((run) => run.planHash))]);
	const items = page.map(({ planHash, ran, skipped, ...run }) => ({
		...run,
		steps: { ran, skipped, total: totals.get(planHash) ?? ran + skipped },
	}));
	return { items, next: rows.length > input.limit ? items.at(-1)?.number : undefined };
}

function readPage(db: DbLike, workflowId: string, { before, limit }: { before?: number; limit: number }) {
	return db
		.select({
			number: runs.number,
			id: runs.id,
			status: shownStatus,
			actor: runs.actor,
			trigger: runs.trigger,
			kind: runs.kind,
			version: runs.version,
			createdAt: runs.createdAt,
			startedAt: runs.startedAt,
			endedAt: runs.endedAt,
			costUsd: runs.costUsd,
			planHash: runs.planHash,
			comments: sql<number>`(select count(*)::int from run_comments c where c.run_id = runs.id)`,
			ran: countTopSteps(sql`s.status in ('completed', 'failed', 'cancelled')`),
			skipped: countTopSteps(sql`s.status = 'skipped'`),
		})
		.from(runs)
		.where(and(isListed(workflowId), before === undefined ? undefined : lt(runs.number, before)))
		.orderBy(desc(runs.number))
		.limit(limit + 1);
}

function countTopSteps(condition: SQL) {
	return sql<number>`(select count(*)::int from run_steps s
		where s.run_id = runs.id and s.iteration = '' and ${condition})`;
}

/** Steps that were tried alone are no runs of the workflow. */
export function isListed(workflowId: string) {
	return and(eq(runs.workflowId, workflowId), sql`${runs.kind} <> 'try'`);
}
