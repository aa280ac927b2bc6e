import type { TransactionSql } from "postgres";
import type { SqlLike } from "@/db/client";
import { toJsonText } from "@/server/runs/store/json-text";
import type { HookTrigger } from "../../hooks/hook-kind";
import type { AlertReport } from "../payload/alert-notice";
import type { NoticeContext } from "../payload/run-payload";
import type { KnownEpisode } from "../settings/decide-episode";

export type AlertTrigger = Pick<HookTrigger, "id" | "key" | "teamId" | "workflowId" | "slug">;

/** Nobody else decides about episodes for this trigger until the transaction ends. False when it was unregistered. */
export async function lockAlertTrigger(tx: TransactionSql, { id }: Pick<AlertTrigger, "id">): Promise<boolean> {
	return (await tx`select 1 from triggers where id = ${id} for no key update`).length > 0;
}

/** What episodes have meant for a trigger, by fingerprint and start. */
export async function readKnown(
	sql: SqlLike,
	{ teamId, workflowId, key }: AlertTrigger,
	alerts: readonly Pick<AlertReport, "fingerprint" | "startsAt">[],
): Promise<(alert: Pick<AlertReport, "fingerprint" | "startsAt">) => KnownEpisode | undefined> {
	const wanted = alerts.map(({ fingerprint, startsAt }) => ({ fingerprint, at: startsAt }));
	const rows = await sql<(KnownEpisode & { fingerprint: string; startsAt: Date })[]>`
		select a.fingerprint, a.starts_at as "startsAt", r.run_id as "runId", r.due_at is not null as "isWaiting",
			r.is_settled as "isSettled"
		from jsonb_to_recordset(${toJsonText(wanted)}::text::jsonb) as w (fingerprint text, at timestamptz)
			join alerts a on a.team_id = ${teamId} and a.fingerprint = w.fingerprint and a.starts_at = w.at
			join alert_runs r on r.alert_id = a.id and r.workflow_id = ${workflowId} and r.key = ${key}`;
	const known = new Map(rows.map((row) => [`${row.fingerprint} ${row.startsAt.toISOString()}`, row]));
	return ({ fingerprint, startsAt }) => known.get(`${fingerprint} ${startsAt}`);
}

/** Writes down which run episodes have started. */
export async function linkRun(
	tx: TransactionSql,
	trigger: AlertTrigger,
	{ runId, alertIds }: { runId: string; alertIds: readonly string[] },
): Promise<void> {
	await tx`
		insert into alert_runs (alert_id, workflow_id, key, trigger_id, run_id)
		select id, ${trigger.workflowId}, ${trigger.key}, ${trigger.id}, ${runId} from unnest(${[...alertIds]}::text[]) as id
		on conflict (alert_id, workflow_id, key) do update set run_id = ${runId}, due_at = null`;
}

interface Waiting {
	alertIds: readonly string[];
	context: NoticeContext;
	windowSeconds: number;
	/** In ms since 1970. */
	at: number;
}

/** Lets episodes wait for others of their group: until the time of those that wait already, or for a whole window. */
export async function letWait(
	tx: TransactionSql,
	trigger: AlertTrigger,
	{ alertIds, context, windowSeconds, at }: Waiting,
): Promise<void> {
	await tx`
		insert into alert_runs (alert_id, workflow_id, key, trigger_id, group_key, notice, due_at)
		select id, ${trigger.workflowId}, ${trigger.key}, ${trigger.id}, ${context.groupKey},
			${toJsonText(context)}::text::jsonb, coalesce((
				select min(w.due_at) from alert_runs w
				where w.trigger_id = ${trigger.id} and w.group_key = ${context.groupKey} and w.due_at is not null
			), ${new Date(at + windowSeconds * 1_000)})
		from unnest(${[...alertIds]}::text[]) as id
		on conflict (alert_id, workflow_id, key) do nothing`;
}

/** Lets episodes wait no longer that have been resolved, or that no run can be started for. */
export async function endWait(
	tx: TransactionSql,
	{ workflowId, key }: Pick<AlertTrigger, "workflowId" | "key">,
	{ alertIds, reason }: { alertIds: readonly string[]; reason: string },
): Promise<void> {
	await tx`
		update alert_runs set due_at = null, is_settled = true, reason = ${reason}
		where workflow_id = ${workflowId} and key = ${key} and alert_id = any(${[...alertIds]}::text[])`;
}

/** Whether all episodes of a run are resolved; those that are count as dealt with from now on. */
export async function settleEpisodes(
	tx: TransactionSql,
	{ workflowId, key }: AlertTrigger,
	runId: string,
): Promise<boolean> {
	const [row] = await tx<{ open: number }[]>`
		with settled as (
			update alert_runs r set is_settled = true from alerts a
			where a.id = r.alert_id and r.workflow_id = ${workflowId} and r.key = ${key} and r.run_id = ${runId}
				and a.status = 'resolved'
		)
		select count(*)::int as open from alert_runs r join alerts a on a.id = r.alert_id
		where r.workflow_id = ${workflowId} and r.key = ${key} and r.run_id = ${runId} and a.status = 'firing'`;
	return row?.open === 0;
}

/** When a notification came by a trigger, and for which receiver. */
export async function writeHeard(
	tx: TransactionSql,
	{ id }: Pick<AlertTrigger, "id">,
	{ at, receiver }: { at: number; receiver: string },
): Promise<void> {
	await tx`
		insert into alert_sources (trigger_id, heard_at, receiver) values (${id}, ${new Date(at)}, ${receiver})
		on conflict (trigger_id) do update
		set heard_at = greatest(alert_sources.heard_at, excluded.heard_at), receiver = excluded.receiver`;
}
