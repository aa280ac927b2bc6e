import { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { type AlertRun, readAlertRuns } from "./read-alert-runs";

export const listAlertsInput = teamInput.extend({
	status: z.enum(["firing", "resolved"]),
	/** In its name, its labels or its summary. */
	find: z.string().trim().min(1).max(100).optional(),
	severity: z.string().trim().min(1).max(100).optional(),
	limit: z.int().min(1).max(200).default(100),
});

interface AlertRow {
	id: string;
	name: string;
	status: "firing" | "resolved";
	severity: string;
	summary: string;
	labels: Record<string, string>;
	startsAt: Date;
	resolvedAt: Date | null;
	/** Of this alert, this one included. */
	episodes: number;
}

/** Episodes of alerts, those that began (or were resolved) last first, each with the runs that it has started. */
export async function listAlerts({ database, actor }: Caller, input: z.infer<typeof listAlertsInput>) {
	const { team } = await requireMember(database.db, actor, input.team, "team:view");
	const { sql } = database;
	const { status, find = "", severity = "", limit } = input;
	const rows = await sql<AlertRow[]>`
		select a.id, a.name, a.status, coalesce(a.labels->>'severity', '') as severity, ${summaryOf(sql)} as summary,
			a.labels, a.starts_at as "startsAt", a.resolved_at as "resolvedAt",
			(select count(*)::int from alerts e where e.team_id = a.team_id and e.fingerprint = a.fingerprint) as episodes
		from alerts a
		where a.team_id = ${team.id} and a.status = ${status}
			and (${severity} = '' or a.labels->>'severity' = ${severity})
			and (${find} = '' or position(lower(${find}) in lower(a.name || ' ' || a.labels::text || ' ' || ${summaryOf(sql)})) > 0)
		order by case when a.status = 'firing' then a.starts_at else a.resolved_at end desc, a.id desc
		limit ${limit + 1}`;
	const shown = rows.slice(0, limit);
	const runs = await readAlertRuns(database, shown);
	const none: AlertRun[] = [];
	return {
		items: shown.map((row) => ({ ...row, runs: runs.get(row.id) ?? none })),
		hasMore: rows.length > limit,
	};
}

/** What an alert says of itself, in a line. */
export function summaryOf(sql: Caller["database"]["sql"]) {
	return sql`left(coalesce(a.annotations->>'summary', a.annotations->>'description', a.annotations->>'message', ''), 500)`;
}
