import type { JsonObject } from "@/server/plan/values/json";
import { type AlertNotice, type AlertReport, alertPayload } from "./alert-notice";

/** What came with alerts, beside them. */
export type NoticeContext = Omit<AlertNotice, "alerts">;

/** Alerts that one run is handed, and earlier episodes. */
const MAX_ALERTS = 200;
const MAX_SEEN = 20;

interface Brought {
	/** The trigger's id in the plan. */
	key: string;
	context: NoticeContext;
	/** One at least. */
	alerts: readonly AlertReport[];
	seenBefore: (alert: AlertReport) => JsonObject[];
}

/** The trigger of a run as its steps read it: Alertmanager's own names, and what the alerts meant before. */
export function runPayload({ key, context, alerts, seenBefore }: Brought): JsonObject {
	const { receiver, groupKey, groupLabels, commonLabels, commonAnnotations, externalUrl, truncatedAlerts } = context;
	const told = alerts.slice(0, MAX_ALERTS);
	const [first] = told;
	return {
		id: key,
		status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
		alert: first ? alertPayload(first) : null,
		alerts: told.map(alertPayload),
		...{ receiver, groupKey, groupLabels, commonLabels, commonAnnotations },
		externalURL: externalUrl,
		truncatedAlerts: truncatedAlerts + alerts.length - told.length,
		seenBefore: told.flatMap(seenBefore).slice(0, MAX_SEEN),
	};
}
