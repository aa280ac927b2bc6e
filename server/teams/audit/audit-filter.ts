import { and, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import { runs } from "@/db/schema/runs";
import { AUDIT_ACTIONS } from "@/server/teams/audit-action";
import { findWorkflow, teamInput } from "@/server/workflows/workflow-ref";

/** Stands for everything that Weft itself did, where a person's id would. */
export const SYSTEM_ACTOR = "system";

export const auditFilterInput = teamInput.extend({
	/** The id of a person, or `system`. */
	actor: z.string().min(1).max(64).optional(),
	action: z.enum(AUDIT_ACTIONS).optional(),
	/** The slug of a workflow: what happened to it, to its runs and to their links. */
	workflow: z.string().min(1).max(100).optional(),
	/** Not before this time, and before that one. */
	from: z.iso.datetime({ offset: true }).optional(),
	until: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterInput>;

/** Which entries of a team a filter asks for. Throws `not_found` for a workflow that the team does not have. */
export async function auditCondition(db: DbLike, teamId: string, filter: AuditFilter): Promise<SQL | undefined> {
	const { actor, action, workflow, from, until } = filter;
	const actorField = actor === SYSTEM_ACTOR ? "kind" : "id";
	return and(
		eq(auditLog.teamId, teamId),
		actor === undefined ? undefined : eq(sql`${auditLog.actor}->>${actorField}`, actor),
		action === undefined ? undefined : eq(auditLog.action, action),
		workflow === undefined ? undefined : isAbout(db, (await findWorkflow(db, teamId, workflow)).id),
		from === undefined ? undefined : gte(auditLog.at, new Date(from)),
		until === undefined ? undefined : lt(auditLog.at, new Date(until)),
	);
}

function isAbout(db: DbLike, workflowId: string): SQL | undefined {
	const ownRuns = db.select({ id: runs.id }).from(runs).where(eq(runs.workflowId, workflowId));
	return or(
		and(eq(auditLog.targetType, "workflow"), eq(auditLog.targetId, workflowId)),
		and(eq(auditLog.targetType, "run"), inArray(auditLog.targetId, ownRuns)),
		eq(sql`${auditLog.detail}->>'workflowId'`, workflowId),
	);
}
