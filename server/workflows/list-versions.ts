import { and, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { users } from "@/db/schema/teams";
import { workflowVersions } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "./workflow-ref";

export const listVersionsInput = workflowRefInput.extend({
	/** Only versions before this one: the `next` of the page before. */
	before: rowNumberSchema.optional(),
	limit: z.int().min(1).max(100).default(50),
});

/** What was published, when and by whom, newest first, a page at a time. */
export async function listVersions({ database: { db }, actor }: Caller, input: z.infer<typeof listVersionsInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const rows = await db
		.select(versionColumns)
		.from(workflowVersions)
		.leftJoin(users, eq(users.id, workflowVersions.publishedBy))
		.where(
			and(
				eq(workflowVersions.workflowId, workflow.id),
				input.before === undefined ? undefined : lt(workflowVersions.version, input.before),
			),
		)
		.orderBy(desc(workflowVersions.version))
		.limit(input.limit + 1);
	const items = rows.slice(0, input.limit);
	const isCurrent = (version: number) => version === workflow.currentVersion;
	return {
		items: items.map((row) => ({ ...row, isCurrent: isCurrent(row.version) })),
		next: rows.length > input.limit ? items.at(-1)?.version : undefined,
	};
}

export const versionColumns = {
	version: workflowVersions.version,
	note: workflowVersions.note,
	planHash: workflowVersions.planHash,
	publishedAt: workflowVersions.publishedAt,
	/** Null when that person is gone, or when the server published it by itself. */
	publishedBy: { id: users.id, name: sql<string>`coalesce(${users.name}, ${users.email})` },
};
