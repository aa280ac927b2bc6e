import type { Database } from "@/db/client";
import type { ShownRunStatus } from "@/server/runs/shown-status";
import { reportOf } from "../episodes/report-of";

/** What an episode has meant for a workflow. */
export interface AlertRun {
	alertId: string;
	workflow: { slug: string; name: string };
	/** Null where none was started. */
	run: { id: string; number: number; status: ShownRunStatus; createdAt: Date; endedAt: Date | null } | null;
	/** Until then others of its group are collected. */
	dueAt: Date | null;
	reason: string | null;
	/** What the run has left behind for people. */
	report: string | null;
}

/** Runs that one episode is shown with. */
const MOST = 10;

/** What episodes have meant for workflows, by the episode. @param most characters of each report */
export async function readAlertRuns(
	{ sql }: Pick<Database, "sql">,
	alerts: readonly { id: string }[],
	most = 500,
): Promise<Map<string, AlertRun[]>> {
	const rows = await sql<(Omit<AlertRun, "workflow" | "run"> & Flat)[]>`
		select ar.alert_id as "alertId", w.slug, w.name, r.id, r.number, r.created_at as "createdAt",
			r.ended_at as "endedAt", ar.due_at as "dueAt", ar.reason, ${reportOf(sql, most)} as report,
			case when r.status = 'running' and exists (
				select 1 from run_steps s where s.run_id = r.id and s.status = 'waiting'
			) and not exists (
				select 1 from run_steps s where s.run_id = r.id and s.status in ('running', 'retrying')
			) then 'waiting' else r.status end as status
		from alert_runs ar join workflows w on w.id = ar.workflow_id left join runs r on r.id = ar.run_id
		where ar.alert_id = any(${alerts.map(({ id }) => id)}::text[])
		order by ar.at desc`;
	const byAlert = new Map<string, AlertRun[]>();
	for (const { slug, name, id, number, status, createdAt, endedAt, ...rest } of rows) {
		const all = byAlert.get(rest.alertId) ?? [];
		const run = id === null ? null : { id, number, status, createdAt, endedAt };
		if (all.length < MOST) byAlert.set(rest.alertId, [...all, { ...rest, workflow: { slug, name }, run }]);
	}
	return byAlert;
}

interface Flat {
	slug: string;
	name: string;
	id: string | null;
	number: number;
	status: ShownRunStatus;
	createdAt: Date;
	endedAt: Date | null;
}
