import type { z } from "zod";
import { oncePerProcess } from "@/server/once-per-process";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import type { teamInput } from "@/server/workflows/workflow-ref";
import { type ApiSilence, alertsFetch, baseOf, openSource, readSilences } from "../alertmanager-api";
import { type AlertmanagerConfig, alertmanagerConfigSchema } from "../settings/alertmanager-config";
import { explainMismatch } from "../settings/match-alert";
import { formatMatcher } from "../settings/matchers";

/** An Alertmanager is asked once in this time, whoever looks. */
const FRESH_MS = 15_000;
const MAX_KEPT = 200;
const MOST_SOURCES = 10;
const MOST_SILENCES = 200;

export interface Silence {
	id: string;
	api: string;
	createdBy: string;
	comment: string;
	startsAt: Date;
	endsAt: Date;
	state: string;
	matchers: string[];
	/** The firing alerts that it covers. */
	alertIds: string[];
}

/** The silences of the team's Alertmanagers that hold, or are to come, and which firing alerts each covers. */
export async function listSilences({ database, actor }: Caller, input: z.infer<typeof teamInput>) {
	const { team } = await requireMember(database.db, actor, input.team, "team:view");
	const rows = await database.sql<{ config: unknown }[]>`
		select config from triggers where team_id = ${team.id} and type = 'alertmanager' order by id`;
	const configs = rows.flatMap(({ config }) => alertmanagerConfigSchema.safeParse(config).data ?? []);
	const byApi = new Map(configs.flatMap((config) => (config.api === undefined ? [] : [[config.api, config] as const])));
	const firing = await database.sql<Firing[]>`
		select id, labels from alerts where team_id = ${team.id} and status = 'firing' order by starts_at desc limit 500`;
	const read = await Promise.all(
		[...byApi.values()].slice(0, MOST_SOURCES).map((config) => readOne(database, { teamId: team.id, config })),
	);
	return {
		silences: read
			.flatMap(({ api, silences }) => silences.map((each) => describeSilence(each, api, firing)))
			.slice(0, MOST_SILENCES),
		problems: read.flatMap(({ api, problem }) => (problem === undefined ? [] : [{ api, problem }])),
		hasApi: byApi.size > 0,
	};
}

interface Firing {
	id: string;
	labels: Record<string, string>;
}

interface Read {
	api: string;
	silences: ApiSilence[];
	problem?: string;
}

/** One that does not answer stands in nobody's way. */
async function readOne(
	database: Caller["database"],
	{ teamId, config }: { teamId: string; config: AlertmanagerConfig },
): Promise<Read> {
	const kept = oncePerProcess("silences", () => new Map<string, { at: number; read: Promise<Read> }>());
	const name = `${teamId} ${config.api} ${config.apiSecret}`;
	const known = kept.get(name);
	if (known && Date.now() - known.at < FRESH_MS) return await known.read;
	const read = ask(database, { teamId, config });
	kept.delete(name);
	kept.set(name, { at: Date.now(), read });
	for (const oldest of kept.keys()) {
		if (kept.size <= MAX_KEPT) break;
		kept.delete(oldest);
	}
	return await read;
}

async function ask(
	database: Caller["database"],
	{ teamId, config }: { teamId: string; config: AlertmanagerConfig },
): Promise<Read> {
	const api = baseOf(config.api ?? "");
	try {
		const source = await openSource(database, teamId, config);
		const silences = source ? await readSilences(source, alertsFetch()) : [];
		return { api, silences: silences.filter(({ status }) => status.state !== "expired") };
	} catch (error) {
		return { api, silences: [], problem: error instanceof Error ? error.message : String(error) };
	}
}

function describeSilence(
	{ matchers, status, ...silence }: ApiSilence,
	api: string,
	firing: readonly Firing[],
): Silence {
	const texts = matchers.map(({ name, value, isRegex, isEqual }) =>
		formatMatcher({ label: name, value, operator: isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=" }),
	);
	const holds = status.state === "active" && texts.length > 0;
	const covered = holds ? firing.filter(({ labels }) => explainMismatch(texts, labels) === undefined) : [];
	return { ...silence, api, state: status.state, matchers: texts, alertIds: covered.map(({ id }) => id) };
}
