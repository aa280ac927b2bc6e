import { and, count, desc, eq, lt, sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import { runs } from "@/db/schema/runs";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { type AuditFilter, auditCondition, auditFilterInput, hasUnsearched } from "./audit-filter";

export const listAuditInput = auditFilterInput.extend({
	/** Only entries before this one: the `next` of the page before. */
	before: z
		.string()
		.regex(/^[0-9]{1,15}$/)
		.optional(),
	limit: z.int().min(1).max(100).default(50),
});

/** A team's audit log, newest first, a page at a time. */
export async function listAudit(caller: Caller, { before, limit, ...filter }: z.infer<typeof listAuditInput>) {
	const last = before === undefined ? undefined : Number(before);
	const rows = await readEntries(caller, filter, { before: last, limit: limit + 1 });
	const items = rows.slice(0, limit);
	return { items, next: rows.length > limit ? items.at(-1)?.id.toString() : undefined };
}

export type AuditEntryRow = Awaited<ReturnType<typeof readEntries>>[number];

/** Asks anew for each page whether the caller may read it. */
export async function readEntries(
	{ database: { db }, actor }: Caller,
	filter: AuditFilter,
	page: { before?: number | undefined; limit: number },
) {
	const { team } = await requireMember(db, actor, filter.team, "audit:view");
	const condition = await auditCondition(db, team.id, filter);
	return await selectEntries(db)
		.where(and(condition, page.before === undefined ? undefined : lt(auditLog.id, page.before)))
		.orderBy(desc(auditLog.id))
		.limit(page.limit);
}

const MOST_COUNTED = 10_000;

/** How many entries a filter finds, counted up to ten thousand, and whether it searched all there are. */
export async function countAudit(
	{ database: { db }, actor }: Caller,
	filter: AuditFilter,
): Promise<{ count: number; isMore: boolean; isSearchCut: boolean }> {
	const { team } = await requireMember(db, actor, filter.team, "audit:view");
	const found = withTargets(db.select({ id: auditLog.id }).from(auditLog).$dynamic())
		.where(await auditCondition(db, team.id, filter))
		.limit(MOST_COUNTED + 1);
	const isSearchCut = filter.q ? hasUnsearched(team.id) : sql<boolean>`false`;
	const [row] = await db.select({ count: count(), isSearchCut }).from(found.as("found"));
	const counted = row?.count ?? 0;
	const cut = row?.isSearchCut ?? false;
	return { count: Math.min(counted, MOST_COUNTED), isMore: counted > MOST_COUNTED, isSearchCut: cut };
}

function selectEntries(db: DbLike) {
	const { id, at, actor, action, targetType, targetId, detail, before, after, address } = auditLog;
	const workflow = { slug: workflows.slug, name: workflows.name };
	const columns = {
		...{ id, at, actor, action, targetType, targetId, detail, before, after, address },
		...{ workflow, runNumber: runs.number },
	};
	return withTargets(db.select(columns).from(auditLog).$dynamic());
}

/** With the run and the workflow that each entry is about. */
function withTargets<Query extends PgSelect>(query: Query) {
	return query.leftJoin(runs, and(eq(auditLog.targetType, "run"), eq(runs.id, auditLog.targetId))).leftJoin(
		workflows,
		sql`${workflows.id} = case ${auditLog.targetType} when 'workflow' then ${auditLog.targetId}
				when 'run' then ${runs.workflowId} else ${auditLog.detail}->>'workflowId' end`,
	);
}
