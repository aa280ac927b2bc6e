import type { TransactionSql } from "postgres";
import type { Database } from "@/db/client";
import { isObject, type Json } from "@/server/plan/values/json";
import { endRunIn } from "@/server/runs/store/end-run";
import type { Delivered, Starting } from "../../hooks/hook-kind";
import type { AlertNotice, AlertReport } from "../payload/alert-notice";
import type { AlertmanagerConfig } from "../settings/alertmanager-config";
import { decideEpisode, type KnownEpisode } from "../settings/decide-episode";
import { explainMismatch } from "../settings/match-alert";
import type { AlertNote } from "./alert-note";
import { endWait, letWait, linkRun, lockAlertTrigger, readKnown, settleEpisodes, writeHeard } from "./alert-runs";
import { MAX_RUNS, type Prepared, prepareRuns } from "./prepare-runs";
import { RESOLVED_EVENT, sendResolved } from "./send-resolved";
import { type Episode, noteOnEpisodes, storeEpisodes } from "./store-episodes";
import { announceEffects, type Effects, launchIn, type Outcome, writeOutcomes } from "./write-outcomes";

export interface Applied extends Omit<Starting, "event" | "isAsked"> {
	config: AlertmanagerConfig;
	notice: AlertNotice;
	/** Left out of the log: episodes of which nothing new became. */
	isQuiet?: boolean;
}

/**
 * Stores what a notification says of episodes and does what the trigger's settings ask for: all or nothing, and for each
 * episode once, however many peers send it at once.
 */
export async function applyNotice(database: Database, applied: Applied): Promise<Delivered[]> {
	const prepared = await prepareNotice(database, applied);
	const effects: Effects = { launched: [], ended: [] };
	const delivered = await database.sql.begin(async (tx) => {
		const { trigger, notice, receivedAt, isQuiet = false } = applied;
		if (!(await lockAlertTrigger(tx, trigger))) return [];
		const at = receivedAt;
		const episodes = await storeEpisodes(tx, { teamId: trigger.teamId, triggerId: trigger.id, notice, at });
		if (!isQuiet) await writeHeard(tx, trigger, { at, receiver: notice.receiver });
		const known = await readKnown(tx, trigger, notice.alerts);
		const done = await actOn(tx, { ...applied, episodes, known, prepared, effects });
		await noteOnEpisodes(tx, done.notes);
		const outcomes = isQuiet ? done.outcomes.filter(({ verdict }) => verdict === "started") : done.outcomes;
		return await writeOutcomes(tx, { ...applied, outcomes, describeFor: describeBy(applied) });
	});
	await announceEffects(database.sql, effects);
	return delivered;
}

interface PreparedNotice {
	/** By fingerprint and start. */
	starts: ReadonlyMap<string, Prepared>;
	/** The runs that are told of what is resolved, by the run that was started before. */
	ends: ReadonlyMap<string, Prepared>;
}

function nameOf({ fingerprint, startsAt }: AlertReport): string {
	return `${fingerprint} ${startsAt}`;
}

/** What a transaction should not wait for. */
async function prepareNotice(database: Database, applied: Applied): Promise<PreparedNotice> {
	const { trigger, config, notice, actor } = applied;
	const { alerts, ...context } = notice;
	const known = await readKnown(database.sql, trigger, alerts);
	const decided = [...new Map(alerts.map((alert) => [nameOf(alert), alert])).values()].map((alert) => {
		const { status, labels } = alert;
		const decision = decideEpisode(config, { status, labels, known: known(alert), isPaused: trigger.isPaused });
		return { alert, decision };
	});
	const starts = decided.flatMap(({ alert, decision }) => (decision.act === "start" ? alert : [])).slice(0, MAX_RUNS);
	const ends = new Map<string, AlertReport[]>();
	for (const { alert, decision } of config.onResolve === "run" ? decided : [])
		if (decision.act === "settle") ends.set(decision.runId, [...(ends.get(decision.runId) ?? []), alert]);
	const groups = [...starts.map((alert) => [alert]), ...ends.values()];
	const prepared = await prepareRuns(database, { trigger, config, context, actor, groups });
	return {
		starts: new Map(starts.map((alert, index) => [nameOf(alert), prepared[index] ?? MISSING])),
		ends: new Map([...ends.keys()].map((runId, index) => [runId, prepared[starts.length + index] ?? MISSING])),
	};
}

const MISSING: Prepared = {
	reason: `At most ${MAX_RUNS} runs are started by one notification. The next one starts more.`,
};

interface Acting extends Applied {
	episodes: readonly Episode[];
	known: (alert: AlertReport) => KnownEpisode | undefined;
	prepared: PreparedNotice;
	effects: Effects;
}

interface Done {
	outcomes: Outcome[];
	notes: { episode: Episode; note: AlertNote }[];
}

async function actOn(tx: TransactionSql, acting: Acting): Promise<Done> {
	const { config, trigger, episodes, known } = acting;
	const done: Done = { outcomes: [], notes: [] };
	const waiting: Episode[] = [];
	const settled = new Map<string, Episode[]>();
	for (const episode of episodes) {
		const { report, status } = episode;
		const asked = { status, labels: report.labels, known: known(report), isPaused: trigger.isPaused };
		const decision = decideEpisode(config, asked);
		if (decision.act === "start") await startOne(tx, { ...acting, episode, done });
		else if (decision.act === "wait") waiting.push(episode);
		else if (decision.act === "settle") settled.set(decision.runId, [...(settled.get(decision.runId) ?? []), episode]);
		else if (decision.act === "withdraw") await withdraw(tx, { ...acting, episode, done });
		else done.outcomes.push({ verdict: decision.verdict, reason: decision.reason, alerts: [report] });
	}
	if (waiting.length > 0) await wait(tx, { ...acting, waiting, done });
	for (const [runId, all] of settled) await settle(tx, { ...acting, runId, all, done });
	return done;
}

async function startOne(tx: TransactionSql, acting: Acting & { episode: Episode; done: Done }): Promise<void> {
	const { trigger, episode, prepared, effects, done } = acting;
	const run = prepared.starts.get(nameOf(episode.report)) ?? MISSING;
	const alerts = [episode.report];
	if ("reason" in run) {
		done.outcomes.push({ verdict: run === MISSING ? "skipped" : "failed", reason: run.reason, alerts });
		return;
	}
	const outcome = await launchIn(tx, { ...run, requestId: `alert ${episode.id} ${trigger.key}` }, effects);
	done.outcomes.push({ ...outcome, alerts });
	if (!outcome.run) return;
	await linkRun(tx, trigger, { runId: outcome.run.id, alertIds: [episode.id] });
	done.notes.push({ episode, note: noteOf(acting, "started", outcome.run.number) });
}

async function wait(tx: TransactionSql, acting: Acting & { waiting: Episode[]; done: Done }): Promise<void> {
	const { trigger, config, notice, waiting, done, receivedAt } = acting;
	const { alerts: _, ...context } = notice;
	const alertIds = waiting.map(({ id }) => id);
	await letWait(tx, trigger, { alertIds, context, windowSeconds: config.windowSeconds, at: receivedAt });
	done.outcomes.push({
		verdict: "skipped",
		reason: `Collected with others of its group for ${config.windowSeconds} s; then one run starts with all of them.`,
		alerts: waiting.map(({ report }) => report),
	});
	done.notes.push(...waiting.map((episode) => ({ episode, note: noteOf(acting, "waiting") })));
}

async function withdraw(tx: TransactionSql, acting: Acting & { episode: Episode; done: Done }): Promise<void> {
	const { trigger, episode, done } = acting;
	const reason = "It was resolved before the time of its group was over.";
	await endWait(tx, trigger, { alertIds: [episode.id], reason });
	done.outcomes.push({ verdict: "skipped", reason, alerts: [episode.report] });
}

interface Settling extends Acting {
	runId: string;
	all: readonly Episode[];
	done: Done;
}

/** Does with the run of episodes that are resolved what the settings ask for. */
async function settle(tx: TransactionSql, settling: Settling): Promise<void> {
	const { trigger, config, runId } = settling;
	const isWhole = await settleEpisodes(tx, trigger, runId);
	if (config.onResolve === "run") return await startAnother(tx, settling);
	if (config.onResolve === "event") return await sendEvent(tx, settling, isWhole);
	if (config.onResolve === "cancel" && isWhole) return await cancel(tx, settling);
	skip(settling, isWhole ? "It is resolved; its run goes on." : "It is resolved; others of its run still fire.");
}

async function startAnother(tx: TransactionSql, settling: Settling): Promise<void> {
	const { trigger, runId, all, done, effects, prepared } = settling;
	const alerts = all.map(({ report }) => report);
	const run = prepared.ends.get(runId) ?? MISSING;
	if ("reason" in run) {
		done.outcomes.push({ verdict: "failed", reason: run.reason, alerts });
		return;
	}
	const outcome = await launchIn(tx, { ...run, requestId: `alert ${all[0]?.id} ${trigger.key} resolved` }, effects);
	done.outcomes.push({ ...outcome, alerts });
	noteOnAll(settling, "handed-over", outcome.run?.number);
}

async function sendEvent(tx: TransactionSql, settling: Settling, isWhole: boolean): Promise<void> {
	const { trigger, runId, all, actor } = settling;
	const alerts = all.map(({ report }) => report);
	const number = await sendResolved(tx, trigger, { runId, actor, alerts, isWhole });
	if (number === undefined) return skip(settling, ENDED);
	skip(settling, `It is resolved: its run was sent the event ${RESOLVED_EVENT}.`);
	noteOnAll(settling, "handed-over", number);
}

async function cancel(tx: TransactionSql, settling: Settling): Promise<void> {
	const { trigger, runId, effects, actor } = settling;
	const reason = "The alert is resolved.";
	const audit = {
		...{ teamId: trigger.teamId, actor, action: "run.cancelled" as const },
		...{ target: { type: "run", id: runId }, detail: { reason } },
	};
	const ended = await endRunIn(tx, runId, { end: { status: "cancelled", actor, reason }, audit });
	if (!ended) return skip(settling, ENDED);
	effects.ended.push(ended);
	skip(settling, "It is resolved: its run was cancelled.");
	noteOnAll(settling, "cancelled");
}

const ENDED = "It is resolved; its run had ended.";

/** No run is started. */
function skip({ all, done }: Settling, reason: string): void {
	done.outcomes.push({ verdict: "skipped", reason, alerts: all.map(({ report }) => report) });
}

function noteOnAll(settling: Settling, what: AlertNote["what"], number?: number): void {
	const note = noteOf(settling, what, number);
	settling.done.notes.push(...settling.all.map((episode) => ({ episode, note })));
}

function noteOf({ receivedAt, trigger }: Acting, what: AlertNote["what"], number?: number): AlertNote {
	const at = new Date(receivedAt).toISOString();
	return { at, what, ...(number !== undefined && { run: { slug: trigger.slug, number } }) };
}

/** Of what was received each delivery keeps the alerts that it is about. */
function describeBy({ request, notice }: Applied) {
	const { body } = request;
	const sent: readonly Json[] = isObject(body) && Array.isArray(body.alerts) ? body.alerts : [];
	return (alerts: readonly AlertReport[]) => {
		if (!isObject(body)) return request;
		const wanted = new Set(alerts.map(nameOf));
		const kept = sent.filter((_, index) => {
			const alert = notice.alerts[index];
			return alert !== undefined && wanted.has(nameOf(alert));
		});
		return { ...request, body: { ...body, alerts: kept } };
	};
}

/** Starts runs of what fires because a person asks for it: no episode is stored, and none stands in the way. */
export async function startAsked(database: Database, applied: Applied): Promise<Delivered[]> {
	const { trigger, config, notice, actor } = applied;
	const { alerts, ...context } = notice;
	const judged = alerts
		.slice(0, MAX_RUNS)
		.map((alert) => ({ alert, no: explainMismatch(config.matchers, alert.labels) }));
	const wanted = judged.flatMap(({ alert, no }) => (no === undefined ? alert : []));
	const groups = config.windowSeconds > 0 && wanted.length > 0 ? [wanted] : wanted.map((alert) => [alert]);
	const prepared = await prepareRuns(database, { trigger, config, context, actor, groups });
	const effects: Effects = { launched: [], ended: [] };
	const delivered = await database.sql.begin(async (tx) => {
		const outcomes: Outcome[] = judged.flatMap(({ alert, no }) =>
			no === undefined ? [] : [{ verdict: "filtered" as const, reason: no, alerts: [alert] }],
		);
		for (const [index, group] of groups.entries()) {
			const run = prepared[index] ?? MISSING;
			if ("reason" in run) outcomes.push({ verdict: "failed", reason: run.reason, alerts: group });
			else outcomes.push({ ...(await launchIn(tx, run, effects)), alerts: group });
		}
		return await writeOutcomes(tx, { ...applied, outcomes, describeFor: describeBy(applied) });
	});
	await announceEffects(database.sql, effects);
	return delivered;
}
