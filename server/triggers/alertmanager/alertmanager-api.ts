import { z } from "zod";
import type { Database } from "@/db/client";
import { openCredentials } from "@/server/credentials/open-credentials";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { createOutboundFetch, type OutboundFetch } from "@/server/http/outbound-fetch";
import { readAuthorities } from "@/server/http/read-authorities";
import { oncePerProcess } from "@/server/once-per-process";
import { tryReadJson } from "@/server/plan/values/read-json";
import type { AlertmanagerConfig } from "./settings/alertmanager-config";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 20_000_000;

/** An Alertmanager, and what opens it. */
export interface AlertSource {
	api: string;
	authorization: string | undefined;
}

/** Reaches what HTTP steps may reach, and nothing else. */
export function alertsFetch(): OutboundFetch {
	return oncePerProcess("alerts-fetch", () => {
		const env = getEnv();
		return createOutboundFetch({
			allow: env.WEFT_ALLOW_ADDRESSES,
			authorities: readAuthorities(env),
			maxResponseBytes: MAX_BYTES,
		});
	});
}

/** Where a trigger's Alertmanager is read; undefined where its settings do not say. */
export async function openSource(
	database: Database,
	teamId: string,
	{ api, apiSecret }: AlertmanagerConfig,
): Promise<AlertSource | undefined> {
	if (api === undefined) return undefined;
	const base = baseOf(api);
	if (apiSecret === undefined) return { api: base, authorization: undefined };
	const header = `${apiSecret}.header`;
	const by = { teamId, actor: { kind: "system", name: "Alertmanager" } as const };
	const opened = await openCredentials(database, by, [apiSecret, header]);
	const token = opened[apiSecret];
	const authorization = opened[header] ?? (token === undefined ? undefined : `Bearer ${token}`);
	if (authorization === undefined)
		throw new WeftError("conflict", `The credential ${apiSecret} is not there. Save it in the settings of the team.`);
	return { api: base, authorization };
}

/** Without a slash at its end: addresses of the API follow it. */
export function baseOf(api: string): string {
	return api.endsWith("/") ? api.slice(0, -1) : api;
}

/** What `GET /api/v2/<path>` answers. @throws WeftError with what was wrong, in a sentence */
async function readApi<Value>(
	source: AlertSource,
	{ path, schema, fetch }: { path: string; schema: z.ZodType<Value>; fetch: OutboundFetch },
): Promise<Value> {
	const { authorization, api } = source;
	const response = await fetch(`${api}/api/v2/${path}`, {
		headers: { accept: "application/json", ...(authorization !== undefined && { authorization }) },
		signal: AbortSignal.timeout(TIMEOUT_MS),
		redirect: "error",
	}).catch((error: unknown) => {
		const why = error instanceof Error ? error.message : String(error);
		throw new WeftError("conflict", `Alertmanager could not be asked. ${why}`, { cause: error });
	});
	if (!response.ok) {
		await response.body?.cancel();
		throw new WeftError("conflict", `Alertmanager answered ${response.status}. Look at its address and credential.`);
	}
	const { data } = schema.safeParse(tryReadJson(await response.text()));
	if (data !== undefined) return data;
	throw new WeftError("conflict", "What answered is no Alertmanager of version 0.22 or newer. Look at its address.");
}

const momentSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const labelsSchema = z.record(z.string(), z.string());

const apiAlertSchema = z.object({
	labels: labelsSchema,
	annotations: labelsSchema,
	startsAt: momentSchema,
	fingerprint: z.string().min(1).max(64),
	generatorURL: z.string().nullish(),
	receivers: z.array(z.object({ name: z.string() })).default([]),
	status: z.object({ state: z.string() }),
});
export type ApiAlert = z.output<typeof apiAlertSchema>;

/** All alerts that are active at present, those included that are silenced or inhibited. */
export async function readAlerts(source: AlertSource, fetch: OutboundFetch): Promise<ApiAlert[]> {
	return await readApi(source, { path: "alerts", schema: z.array(apiAlertSchema), fetch });
}

const statusSchema = z.object({ uptime: momentSchema });

/** Since when it runs: one that has just been started knows nothing yet. */
export async function readUptime(source: AlertSource, fetch: OutboundFetch): Promise<Date> {
	return (await readApi(source, { path: "status", schema: statusSchema, fetch })).uptime;
}

const silenceSchema = z.object({
	id: z.string().max(100),
	createdBy: z.string().default(""),
	comment: z.string().default(""),
	startsAt: momentSchema,
	endsAt: momentSchema,
	status: z.object({ state: z.string() }),
	matchers: z.array(
		z.object({
			name: z.string(),
			value: z.string(),
			isRegex: z.boolean().default(false),
			isEqual: z.boolean().default(true),
		}),
	),
});
export type ApiSilence = z.output<typeof silenceSchema>;

/** Its silences, those that have expired included. */
export async function readSilences(source: AlertSource, fetch: OutboundFetch): Promise<ApiSilence[]> {
	return await readApi(source, { path: "silences", schema: z.array(silenceSchema), fetch });
}
