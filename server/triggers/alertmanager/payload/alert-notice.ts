import { createHash } from "node:crypto";
import { z } from "zod";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { shorten } from "@/server/plan/values/text-problem";

/** An alert as it was last told. */
export interface AlertReport {
	fingerprint: string;
	/** ISO timestamps of whole milliseconds; `endsAt` only of one that is resolved. */
	startsAt: string;
	endsAt: string | null;
	status: "firing" | "resolved";
	labels: Record<string, string>;
	annotations: Record<string, string>;
	generatorUrl: string;
}

/** A notification of Alertmanager's. */
export interface AlertNotice {
	receiver: string;
	groupKey: string;
	groupLabels: Record<string, string>;
	commonLabels: Record<string, string>;
	commonAnnotations: Record<string, string>;
	externalUrl: string;
	/** Alerts of the group that were left out. */
	truncatedAlerts: number;
	alerts: AlertReport[];
}

/** Alerts of one notification that are looked at; the others are counted among those that were left out. */
const MAX_ALERTS = 1_000;
const MAX_ANNOTATION = 10_000;

/** A database keeps no text with these. */
const textSchema = z.string().transform((text) => text.replaceAll("\u0000", "\ufffd").toWellFormed());
const labelsSchema = z
	.record(textSchema, textSchema)
	.nullish()
	.transform((labels) => labels ?? {});
const momentSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const alertSchema = z.object({
	status: z.enum(["firing", "resolved"]),
	labels: labelsSchema,
	annotations: labelsSchema,
	startsAt: momentSchema,
	endsAt: momentSchema.nullish(),
	generatorURL: textSchema.nullish(),
	fingerprint: z
		.string()
		.regex(/^[0-9a-zA-Z_-]{1,64}$/)
		.nullish(),
});

/** Version 4 of the webhook's payload; what newer ones add is left alone. */
const noticeSchema = z.object({
	version: z.literal("4"),
	groupKey: textSchema.default(""),
	truncatedAlerts: z.int().min(0).nullish(),
	receiver: textSchema.nullish(),
	groupLabels: labelsSchema,
	commonLabels: labelsSchema,
	commonAnnotations: labelsSchema,
	externalURL: textSchema.nullish(),
	alerts: z.array(alertSchema),
});

/** Reads what Alertmanager has sent; a text says what is wrong with it. */
export function readNotice(body: Json): AlertNotice | string {
	const { data, error } = noticeSchema.safeParse(body);
	if (!data) return explain(error.issues);
	const left = Math.max(0, data.alerts.length - MAX_ALERTS);
	return {
		receiver: data.receiver ?? "",
		groupKey: data.groupKey,
		groupLabels: data.groupLabels,
		commonLabels: data.commonLabels,
		commonAnnotations: data.commonAnnotations,
		externalUrl: webAddress(data.externalURL),
		truncatedAlerts: (data.truncatedAlerts ?? 0) + left,
		alerts: data.alerts.slice(0, MAX_ALERTS).map(toReport),
	};
}

function explain(issues: readonly z.core.$ZodIssue[]): string {
	const [first] = issues;
	const path = (first?.path ?? []).join(".");
	if (path === "version" || path === "")
		return "It is no notification of Alertmanager’s (version 4). Point a webhook_config at this address.";
	return `It is no notification of Alertmanager’s: ${shorten(path, 80)}: ${first?.message ?? ""}`;
}

/** Also of what `/api/v2/alerts` tells. */
export function toReport(alert: z.output<typeof alertSchema>): AlertReport {
	const { status, labels, annotations, startsAt, endsAt, generatorURL, fingerprint } = alert;
	const end = status === "resolved" && endsAt && endsAt >= startsAt ? endsAt.toISOString() : null;
	return {
		fingerprint: fingerprint ?? fingerprintOf(labels),
		...{ startsAt: startsAt.toISOString(), endsAt: end, status, labels },
		annotations: Object.fromEntries(
			Object.entries(annotations).map(([name, text]) => [name, text.slice(0, MAX_ANNOTATION)]),
		),
		generatorUrl: webAddress(generatorURL),
	};
}

/** Older senders tell none: the labels are what makes an alert the same. */
function fingerprintOf(labels: Record<string, string>): string {
	const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 16);
}

/** It is shown as a link: nothing but an address of the web. */
export function webAddress(text: string | null | undefined): string {
	return text && text.length <= 4_000 && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : "";
}

/** As runs read an alert, in Alertmanager's own names. */
export function alertPayload({ generatorUrl, ...report }: AlertReport): JsonObject {
	return { ...report, generatorURL: generatorUrl };
}
