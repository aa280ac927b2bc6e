import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import type { TestTeam } from "@/server/teams/test-team";
import { createTriggered, json, sendTo } from "../webhook/test-webhook";
import { alertmanagerConfigSchema } from "./settings/alertmanager-config";

/** A published workflow that alerts start, for tests. @param more other fields of its plan */
export async function createAlertHook(
	{ database, team }: { database: Database; team: TestTeam },
	settings: object = {},
	more: object = {},
) {
	const config = alertmanagerConfigSchema.parse({ type: "alertmanager", id: "alerts", ...settings });
	const hook = await createTriggered({ database, team }, config, more);
	return {
		...hook,
		send: (body: unknown, { headers = {}, by = database }: { headers?: Record<string, string>; by?: Database } = {}) =>
			sendTo(by, hook.address, json(body, headers)),
		episodes: (fingerprint: string) =>
			database.db.select().from(alerts).where(eq(alerts.fingerprint, fingerprint)).orderBy(alerts.startsAt),
	};
}

/** An alert as Alertmanager sends it. */
export function testAlert(fingerprint: string, more: Record<string, unknown> = {}) {
	return {
		status: "firing",
		labels: { alertname: "HighCpu", severity: "critical", instance: fingerprint },
		annotations: { summary: `The CPU of ${fingerprint} is at 97 %` },
		startsAt: "2026-11-29T10:00:00.123456789Z",
		endsAt: "0001-01-01T00:00:00Z",
		generatorURL: "http://prometheus.example:9090/graph?g0.expr=cpu",
		fingerprint,
		...more,
	};
}

/** A notification with these alerts. */
export function testNotice(alerts: readonly ReturnType<typeof testAlert>[], more: Record<string, unknown> = {}) {
	return {
		version: "4",
		groupKey: '{}:{alertname="HighCpu"}',
		truncatedAlerts: 0,
		status: "firing",
		receiver: "weft",
		groupLabels: { alertname: "HighCpu" },
		commonLabels: { alertname: "HighCpu" },
		commonAnnotations: {},
		externalURL: "http://alertmanager.example:9093",
		alerts,
		...more,
	};
}
