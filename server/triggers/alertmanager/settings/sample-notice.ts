import type { JsonObject } from "../../../plan/values/json";

/** What Alertmanager sends, in short: enough to try matchers and the steps behind them. */
export const SAMPLE_NOTICE: JsonObject = {
	version: "4",
	groupKey: '{}:{alertname="HighCpu"}',
	truncatedAlerts: 0,
	status: "firing",
	receiver: "weft",
	groupLabels: { alertname: "HighCpu" },
	commonLabels: { alertname: "HighCpu", severity: "critical", instance: "web-1" },
	commonAnnotations: { summary: "The CPU of web-1 is at 97 %" },
	externalURL: "http://alertmanager.example:9093",
	alerts: [
		{
			status: "firing",
			labels: { alertname: "HighCpu", severity: "critical", instance: "web-1" },
			annotations: { summary: "The CPU of web-1 is at 97 %" },
			startsAt: "2027-01-01T00:00:00Z",
			endsAt: "0001-01-01T00:00:00Z",
			generatorURL: "http://prometheus.example:9090/graph?g0.expr=cpu",
			fingerprint: "5ef77f1f8a3ecfc4",
		},
	],
};
