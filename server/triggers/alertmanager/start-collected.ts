import type { TransactionSql } from "postgres";
import type { Database } from "@/db/client";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import type { HookTrigger } from "../hooks/hook-kind";
import { loadTrigger } from "../hooks/receive/load-hook";
import { hookActor } from "../hooks/receive/open-receiver";
import type { AlertNote } from "./episodes/alert-note";
import { endWait, linkRun, lockAlertTrigger } from "./episodes/alert-runs";
import { type Prepared, prepareRuns } from "./episodes/prepare-runs";
import { noteOnEpisodes } from "./episodes/store-episodes";
import { announceEffects, type Effects, launchIn, writeOutcomes } from "./episodes/write-outcomes";
import { type AlertReport, alertPayload } from "./payload/alert-notice";
import type { NoticeContext } from "./payload/run-payload";
import { alertmanagerConfigSchema } from "./settings/alertmanager-config";

interface Group {
	workflowId: string;
	key: string;
	groupKey: string;
}

interface Collected extends Omit<AlertReport, "startsAt" | "endsAt"> {
	id: string;
	startsAt: Date;
	notes: AlertNote[];
	notice: NoticeContext;
}

const AT_ONCE = 50;

/** Starts one run for each group of alerts whose time of being collected is over. */
export async function startCollected(database: Database, now = Date.now()): Promise<void> {
	const groups = await database.sql<Group[]>`
		select workflow_id as "workflowId", key, group_key as "groupKey" from alert_runs
		where due_at <= ${new Date(now)} group by 1, 2, 3 order by min(due_at) limit ${AT_ONCE}`;
	await forEachSettled(groups, (group) => startGroup(database, group, now));
}

async function startGroup(database: Database, group: Group, now: number): Promise<void> {
	const trigger = await loadTrigger(database, group);
	const collected = await readCollected(database, group, now);
	const alertIds = collected.map(({ id }) => id);
	const reason = trigger ? (trigger.isPaused ? "The trigger was paused." : undefined) : "The trigger is gone.";
	if (!trigger || reason !== undefined) {
		await database.sql.begin((tx) => endWait(tx, group, { alertIds, reason: reason ?? "" }));
		return;
	}
	const [first] = collected;
	if (!first) return;
	const alerts = collected.map(toReport);
	const config = alertmanagerConfigSchema.parse(trigger.config);
	const [prepared] = await prepareRuns(database, {
		...{ trigger, config, context: first.notice, groups: [alerts] },
		actor: hookActor(trigger),
	});
	const effects: Effects = { launched: [], ended: [] };
	if (prepared) await database.sql.begin((tx) => launchGroup(tx, { trigger, collected, prepared, effects, now }));
	await announceEffects(database.sql, effects);
}

async function readCollected({ sql }: Database, { workflowId, key, groupKey }: Group, now: number) {
	return await sql<Collected[]>`
		select a.id, a.fingerprint, a.starts_at as "startsAt", a.status, a.labels, a.annotations,
			a.generator_url as "generatorUrl", a.notes, r.notice
		from alert_runs r join alerts a on a.id = r.alert_id
		where r.workflow_id = ${workflowId} and r.key = ${key} and r.group_key = ${groupKey}
			and r.due_at <= ${new Date(now)}
		order by a.starts_at, a.fingerprint`;
}

function toReport({ id: _, notes: _notes, notice: _notice, startsAt, ...report }: Collected): AlertReport {
	return { ...report, startsAt: startsAt.toISOString(), endsAt: null };
}

interface Launching {
	trigger: HookTrigger;
	collected: readonly Collected[];
	prepared: Prepared;
	effects: Effects;
	now: number;
}

/** Only while all of them still wait: what was resolved since, or started by another worker, is seen the next time. */
async function launchGroup(
	tx: TransactionSql,
	{ trigger, collected, prepared, effects, now }: Launching,
): Promise<void> {
	if (!(await lockAlertTrigger(tx, trigger))) return;
	const alertIds = collected.map(({ id }) => id);
	const episodes = await tx<{ id: string; notes: AlertNote[] }[]>`
		select a.id, a.notes from alert_runs r join alerts a on a.id = r.alert_id
		where r.workflow_id = ${trigger.workflowId} and r.key = ${trigger.key} and r.due_at is not null
			and r.alert_id = any(${alertIds}::text[])
		order by a.fingerprint, a.starts_at for update of a`;
	if (episodes.length !== collected.length) return;
	const requestId = `alerts ${alertIds[0]} ${trigger.key}`;
	const outcome =
		"reason" in prepared
			? ({ verdict: "failed", reason: prepared.reason } as const)
			: await launchIn(tx, { ...prepared, requestId }, effects);
	const { run } = "run" in outcome ? outcome : {};
	if (run) await linkRun(tx, trigger, { runId: run.id, alertIds });
	else await endWait(tx, trigger, { alertIds, reason: outcome.reason ?? "" });
	const note: AlertNote = { at: new Date(now).toISOString(), what: "started" };
	if (run)
		await noteOnEpisodes(
			tx,
			episodes.map((episode) => ({ episode, note: { ...note, run: { slug: trigger.slug, number: run.number } } })),
		);
	const context = collected[0]?.notice;
	await writeOutcomes(tx, {
		...{ trigger, receivedAt: now, outcomes: [{ ...outcome, alerts: collected.map(toReport) }] },
		describeFor: (alerts) => ({ collected: alerts.map(alertPayload), groupKey: context?.groupKey ?? "" }),
	});
}
