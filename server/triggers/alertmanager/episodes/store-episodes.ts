import type { TransactionSql } from "postgres";
import { newId } from "@/db/new-id";
import { toJsonText } from "@/server/runs/store/json-text";
import type { AlertNotice, AlertReport } from "../payload/alert-notice";
import { type AlertNote, addNote } from "./alert-note";
import { type EpisodeState, foldReport, UNHEARD } from "./fold-report";

/** An episode and what was last reported of it. */
export interface Episode extends EpisodeState {
	id: string;
	report: AlertReport;
}

interface Row extends EpisodeState {
	id: string;
	fingerprint: string;
	startsAt: string;
}

interface Told {
	teamId: string;
	/** By which it was told. */
	triggerId: string;
	notice: Pick<AlertNotice, "receiver" | "externalUrl" | "alerts">;
	/** When it came, in ms since 1970. */
	at: number;
}

/**
 * Stores what a notification says of episodes, once for each of them however often it is named, and returns them as they
 * are then. They are locked until the transaction ends, always in the same order.
 */
export async function storeEpisodes(tx: TransactionSql, { teamId, triggerId, notice, at }: Told): Promise<Episode[]> {
	const reports = new Map<string, AlertReport[]>();
	for (const report of [...notice.alerts].sort(byEpisode)) {
		const name = nameOf(report);
		reports.set(name, [...(reports.get(name) ?? []), report]);
	}
	const last = [...reports.values()].flatMap((all) => all.at(-1) ?? []);
	await insertUnheard(tx, { teamId, at }, last);
	const known = new Map((await lockEpisodes(tx, teamId, last)).map((row) => [nameOf(row), row]));
	const episodes = [...reports].flatMap(([name, all]) => {
		const row = known.get(name);
		const report = all.at(-1);
		if (!row || !report) return [];
		const state = all.reduce((before, each) => foldReport(before, each, at), row.times === 0 ? UNHEARD : row);
		return [{ ...state, id: row.id, report }];
	});
	await writeEpisodes(tx, episodes, { at, notice, triggerId });
	return episodes;
}

function byEpisode(a: AlertReport, b: AlertReport): number {
	return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}

function nameOf({ fingerprint, startsAt }: Pick<AlertReport, "fingerprint" | "startsAt">): string {
	return `${fingerprint} ${startsAt}`;
}

async function insertUnheard(
	tx: TransactionSql,
	{ teamId, at }: Pick<Told, "teamId" | "at">,
	reports: readonly AlertReport[],
): Promise<void> {
	const rows = reports.map(({ fingerprint, startsAt }) => ({ id: newId(), fingerprint, at: startsAt }));
	await tx`
		insert into alerts (id, team_id, fingerprint, starts_at, status, name, labels, annotations, times, first_at)
		select e.id, ${teamId}, e.fingerprint, e.at, 'firing', '', '{}', '{}', 0, ${new Date(at)}
		from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as e (id text, fingerprint text, at timestamptz)
		order by e.fingerprint, e.at
		on conflict (team_id, fingerprint, starts_at) do nothing`;
}

async function lockEpisodes(tx: TransactionSql, teamId: string, reports: readonly AlertReport[]): Promise<Row[]> {
	const wanted = reports.map(({ fingerprint, startsAt }) => ({ fingerprint, at: startsAt }));
	const rows = await tx<(Omit<Row, "startsAt" | "endsAt" | "resolvedAt" | "lastAt"> & Times)[]>`
		select a.id, a.fingerprint, a.starts_at as "startsAt", a.status, a.times, a.ends_at as "endsAt",
			a.resolved_at as "resolvedAt", a.last_at as "lastAt", a.notes
		from alerts a join jsonb_to_recordset(${toJsonText(wanted)}::text::jsonb) as e (fingerprint text, at timestamptz)
			on a.fingerprint = e.fingerprint and a.starts_at = e.at
		where a.team_id = ${teamId} order by a.fingerprint, a.starts_at for update of a`;
	return rows.map((row) => ({
		...row,
		startsAt: row.startsAt.toISOString(),
		endsAt: row.endsAt?.toISOString() ?? null,
		resolvedAt: row.resolvedAt?.toISOString() ?? null,
		lastAt: row.lastAt.toISOString(),
	}));
}

interface Times {
	startsAt: Date;
	endsAt: Date | null;
	resolvedAt: Date | null;
	lastAt: Date;
}

async function writeEpisodes(
	tx: TransactionSql,
	episodes: readonly Episode[],
	{ at, notice, triggerId }: Pick<Told, "at" | "notice" | "triggerId">,
): Promise<void> {
	const rows = episodes.map(({ report, ...state }) => ({
		...state,
		name: report.labels.alertname ?? "Alert",
		labels: report.labels,
		annotations: report.annotations,
		generator: report.generatorUrl,
	}));
	await tx`
		update alerts a set status = e.status, times = e.times, ends_at = e."endsAt", resolved_at = e."resolvedAt",
			notes = e.notes, name = e.name, labels = e.labels, annotations = e.annotations, generator_url = e.generator,
			last_at = ${new Date(at)}, receiver = ${notice.receiver}, external_url = ${notice.externalUrl}, trigger_id = ${triggerId}
		from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as e (id text, status text, times int,
			"endsAt" timestamptz, "resolvedAt" timestamptz, notes jsonb, name text, labels jsonb, annotations jsonb,
			generator text)
		where a.id = e.id`;
}

/** Writes down what else has happened to episodes that this transaction has stored. */
export async function noteOnEpisodes(
	tx: TransactionSql,
	notes: readonly { episode: Pick<Episode, "id" | "notes">; note: AlertNote }[],
): Promise<void> {
	if (notes.length === 0) return;
	const all = new Map<string, AlertNote[]>();
	for (const { episode, note } of notes) all.set(episode.id, addNote(all.get(episode.id) ?? episode.notes, note));
	const rows = [...all].map(([id, each]) => ({ id, notes: each }));
	await tx`
		update alerts a set notes = e.notes
		from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as e (id text, notes jsonb) where a.id = e.id`;
}
