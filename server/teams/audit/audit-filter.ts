import { and, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import { runs } from "@/db/schema/runs";
import { workflows } from "@/db/schema/workflows";
import { AUDIT_ACTIONS, AUDIT_PHRASES } from "@/server/teams/audit-action";
import { findWorkflow, teamInput } from "@/server/workflows/workflow-ref";

/** Stands for everything that Weft itself did, where a person's id would. */
export const SYSTEM_ACTOR = "system";

export const auditFilterInput = teamInput.extend({
	/** The id of a person, or `system`. */
	actor: z.string().min(1).max(64).optional(),
	action: z.enum(AUDIT_ACTIONS).optional(),
	/** The slug of a workflow: what happened to it, to its runs and to their links. */
	workflow: z.string().min(1).max(100).optional(),
	/** Words that all have to stand somewhere: in who, what was done, what it was done to, or what was changed. */
	q: z.string().trim().max(200).optional(),
	/** Not before this time, and before that one. */
	from: z.iso.datetime({ offset: true }).optional(),
	until: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterInput>;

/** So many of a team's newest entries are searched for words: reading all of a log of years takes too long. */
const MOST_SEARCHED = 50_000;
const MOST_WORDS = 8;

/**
 * Which entries of a team a filter asks for, where the run and the workflow of each are joined. Throws `not_found` for a workflow that the team does not have. */
export async function auditCondition(db: DbLike, teamId: string, filter: AuditFilter): Promise<SQL | undefined> {
	const { actor, action, workflow, from, until, q = "" } = filter;
	const actorField = actor === SYSTEM_ACTOR ? "kind" : "id";
	return and(
		eq(auditLog.teamId, teamId),
		actor === undefined ? undefined : eq(sql`${auditLog.actor}->>${actorField}`, actor),
		action === undefined ? undefined : eq(auditLog.action, action),
		workflow === undefined ? undefined : isAbout(db, (await findWorkflow(db, teamId, workflow)).id),
		from === undefined ? undefined : gte(auditLog.at, new Date(from)),
		until === undefined ? undefined : lt(auditLog.at, new Date(until)),
		...(q === "" ? [] : [isAmongNewest(teamId), ...wordsOf(q).map(says)]),
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

function isAmongNewest(teamId: string): SQL {
	return sql`${auditLog.id} >= coalesce((${nthNewest(teamId, MOST_SEARCHED)}), 0)`;
}

/** Whether a search for words leaves out the oldest entries of a team. */
export function hasUnsearched(teamId: string): SQL<boolean> {
	return sql`exists (${nthNewest(teamId, MOST_SEARCHED + 1)})`;
}

function nthNewest(teamId: string, nth: number): SQL {
	return sql`select a.id from audit_log a where a.team_id = ${teamId} order by a.id desc offset ${nth - 1} limit 1`;
}

function wordsOf(q: string): string[] {
	return q.toLowerCase().split(/\s+/).slice(0, MOST_WORDS);
}

/** What is known of an entry, without the names of its fields. */
const VALUES = sql`jsonb_path_query_array(
	jsonb_build_array(${auditLog.detail}, ${auditLog.before}, ${auditLog.after}), '$[*].*')::text`;

/** What the page shows of an entry, in any of its columns. */
function says(word: string): SQL | undefined {
	const { actor, address } = auditLog;
	const isPhrase = AUDIT_ACTIONS.filter((action) => `${action} ${AUDIT_PHRASES[action]}`.includes(word));
	const said = sql`concat_ws(' ', ${actor}->>'name', ${address}, ${workflows.name}, ${workflows.slug}, ${runs.number},
		${VALUES})`;
	return or(inArray(auditLog.action, isPhrase), sql`strpos(lower(${said}), lower(${word})) > 0`);
}
