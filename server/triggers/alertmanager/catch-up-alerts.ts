import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { triggers } from "@/db/schema/triggers";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import type { HookTrigger } from "../hooks/hook-kind";
import { loadTrigger } from "../hooks/receive/load-hook";
import { hookActor } from "../hooks/receive/open-receiver";
import { type AlertSource, type ApiAlert, alertsFetch, openSource, readAlerts, readUptime } from "./alertmanager-api";
import { readKnown } from "./episodes/alert-runs";
import { applyNotice } from "./episodes/apply-notice";
import { type AlertReport, webAddress } from "./payload/alert-notice";
import { type AlertmanagerConfig, alertmanagerConfigSchema } from "./settings/alertmanager-config";
import { explainMismatch } from "./settings/match-alert";

interface CatchUp {
	fetch?: OutboundFetch;
	now?: number;
	/** What is younger is left to Alertmanager's notifications, which bring the group with it. */
	graceMs?: number;
}

/** An Alertmanager that was started later than that may not have been told of what fires. */
const GRACE_MS = 120_000;

/** Reads the Alertmanagers of all triggers that name theirs, and does what their notifications would have done. */
export async function catchUpAlerts(database: Database, options: CatchUp = {}): Promise<void> {
	const rows = await database.db.select().from(triggers).where(eq(triggers.type, "alertmanager"));
	const wanted = rows.flatMap((row) => {
		const { data: config } = alertmanagerConfigSchema.safeParse(row.config);
		return config?.api === undefined ? [] : [{ row, config }];
	});
	await forEachSettled(wanted, async ({ row, config }) => {
		const problem = await catchUpOne(database, { ...row, config, options }).catch(explainFailure);
		await database.sql`
			insert into alert_sources (trigger_id, read_at, problem)
			select id, now(), ${problem ?? null} from triggers where id = ${row.id}
			on conflict (trigger_id) do update set problem = excluded.problem,
				read_at = case when excluded.problem is null then excluded.read_at else alert_sources.read_at end`;
	});
}

function explainFailure(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}

interface One {
	id: string;
	teamId: string;
	workflowId: string;
	key: string;
	config: AlertmanagerConfig;
	options: CatchUp;
}

async function catchUpOne(database: Database, { config, options, ...row }: One): Promise<undefined> {
	const { fetch = alertsFetch(), now = Date.now(), graceMs = GRACE_MS } = options;
	const trigger = await loadTrigger(database, row);
	const source = await openSource(database, row.teamId, config);
	const receiver = config.receiver ?? (await heardReceiver(database, row.id));
	// Whose notifications these are is not known before the first one has come.
	if (!trigger || !source || receiver === "") return;
	const alerts = await readAlerts(source, fetch);
	const reports = [
		...(await firedMeanwhile(database, { trigger, config, receiver, alerts, before: now - graceMs })),
		...(await endedMeanwhile(database, { trigger, source, alerts, fetch, before: now - graceMs })),
	];
	if (reports.length === 0) return;
	await applyNotice(database, {
		...{ trigger, config, receivedAt: now, actor: hookActor(trigger), isQuiet: true },
		request: { from: source.api, method: "GET" },
		notice: {
			...{ receiver, groupKey: `read by the API: ${receiver}`, externalUrl: source.api, truncatedAlerts: 0 },
			...{ groupLabels: {}, commonLabels: {}, commonAnnotations: {}, alerts: reports },
		},
	});
}

async function heardReceiver({ sql }: Database, triggerId: string): Promise<string> {
	const [row] = await sql<{ receiver: string }[]>`
		select receiver from alert_sources where trigger_id = ${triggerId} and heard_at is not null`;
	return row?.receiver ?? "";
}

interface Fired {
	trigger: HookTrigger;
	config: AlertmanagerConfig;
	receiver: string;
	alerts: readonly ApiAlert[];
	/** In ms since 1970. */
	before: number;
}

/** Alerts of the receiver that fire, and that this trigger has not dealt with. */
async function firedMeanwhile(database: Database, fired: Fired): Promise<AlertReport[]> {
	const { trigger, config, receiver, alerts, before } = fired;
	const reports = alerts
		.filter(({ status, receivers }) => status.state === "active" && receivers.some(({ name }) => name === receiver))
		.filter(({ startsAt, labels }) => startsAt.getTime() < before && !explainMismatch(config.matchers, labels))
		.map(toReport);
	const known = await readKnown(database.sql, trigger, reports);
	const open = await listOpen(database, trigger.id);
	return reports.filter((report) => !known(report) || (known(report)?.runId !== null && !open.has(nameOf(report))));
}

function toReport({ labels, annotations, startsAt, fingerprint, generatorURL }: ApiAlert): AlertReport {
	return {
		...{ fingerprint, labels, annotations, status: "firing", startsAt: startsAt.toISOString(), endsAt: null },
		generatorUrl: webAddress(generatorURL),
	};
}

function nameOf({ fingerprint, startsAt }: Pick<AlertReport, "fingerprint" | "startsAt">): string {
	return `${fingerprint} ${startsAt}`;
}

interface Open extends Omit<AlertReport, "startsAt"> {
	startsAt: Date;
	lastAt: Date;
}

/** The episodes that fire by what a trigger has heard. */
async function listOpen({ sql }: Database, triggerId: string): Promise<Map<string, Open>> {
	const rows = await sql<Open[]>`
		select fingerprint, starts_at as "startsAt", last_at as "lastAt", labels, annotations,
			generator_url as "generatorUrl", status, null as "endsAt"
		from alerts where trigger_id = ${triggerId} and status = 'firing'`;
	return new Map(rows.map((row) => [nameOf({ ...row, startsAt: row.startsAt.toISOString() }), row]));
}

interface Ended extends Pick<Fired, "trigger" | "alerts" | "before"> {
	source: AlertSource;
	fetch: OutboundFetch;
}

/** Episodes that Alertmanager does not have any more, unless it has just been started. */
async function endedMeanwhile(database: Database, { trigger, source, alerts, fetch, before }: Ended) {
	const open = [...(await listOpen(database, trigger.id)).values()];
	const present = new Set(alerts.map(({ fingerprint, startsAt }) => `${fingerprint} ${startsAt.toISOString()}`));
	const gone = open
		.map(({ startsAt, ...rest }) => ({ ...rest, startsAt: startsAt.toISOString() }))
		.filter((alert) => alert.lastAt.getTime() < before && !present.has(nameOf(alert)));
	if (gone.length === 0 || (await readUptime(source, fetch)).getTime() > before) return [];
	return gone.map(({ lastAt: _, ...report }): AlertReport => ({ ...report, status: "resolved" }));
}
