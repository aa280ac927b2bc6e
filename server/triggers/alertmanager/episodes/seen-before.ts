import type { Sql } from "@/db/client";
import type { JsonObject } from "@/server/plan/values/json";
import { toJsonText } from "@/server/runs/store/json-text";
import type { AlertReport } from "../payload/alert-notice";
import { reportOf } from "./report-of";

/** Earlier episodes that a run is told of each of its alerts, and characters of each report. */
const MOST = 5;
const MAX_REPORT = 4_000;

interface Seen {
	/** Of the alert that was seen before. */
	fingerprint: string;
	/** The start of the episode that asks. */
	since: Date;
	startsAt: Date;
	endsAt: Date | null;
	status: string;
	workflow: string | null;
	number: number | null;
	runStatus: string | null;
	report: string | null;
}

/** The earlier episodes of alerts with what came of them, the newest first, by the fingerprint and start of each alert. */
export async function readSeenBefore(
	sql: Sql,
	teamId: string,
	alerts: readonly Pick<AlertReport, "fingerprint" | "startsAt">[],
): Promise<(alert: Pick<AlertReport, "fingerprint" | "startsAt">) => JsonObject[]> {
	const wanted = alerts.map(({ fingerprint, startsAt }) => ({ fingerprint, at: startsAt }));
	const rows = await sql<Seen[]>`
		select e.fingerprint, w.at as since, e.starts_at as "startsAt", e.ends_at as "endsAt", e.status,
			r.slug as workflow, r.number, r.status as "runStatus", r.report
		from jsonb_to_recordset(${toJsonText(wanted)}::text::jsonb) as w (fingerprint text, at timestamptz)
			cross join lateral (
				select a.id, a.fingerprint, a.starts_at, a.ends_at, a.status from alerts a
				where a.team_id = ${teamId} and a.fingerprint = w.fingerprint and a.starts_at < w.at
				order by a.starts_at desc limit ${MOST}
			) e
			left join lateral (
				select f.slug, r.number, r.status, ${reportOf(sql, MAX_REPORT)} as report
				from alert_runs ar join runs r on r.id = ar.run_id join workflows f on f.id = r.workflow_id
				where ar.alert_id = e.id order by r.output is null, r.created_at desc limit 1
			) r on true
		order by e.starts_at desc`;
	return ({ fingerprint, startsAt }) =>
		rows
			.filter((row) => row.fingerprint === fingerprint && row.since.toISOString() === startsAt)
			.map(({ workflow, number, runStatus, report, ...row }) => ({
				fingerprint,
				status: row.status,
				startsAt: row.startsAt.toISOString(),
				endsAt: row.endsAt?.toISOString() ?? null,
				report,
				run: number === null ? null : { workflow, number, status: runStatus },
			}));
}
