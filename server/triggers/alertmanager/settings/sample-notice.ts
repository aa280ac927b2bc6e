import type { JsonObject } from "../../../plan/values/json";
import { explainMismatch } from "./match-alert";
import { type Matcher, parseMatchers } from "./matchers";

type Labels = Readonly<Record<string, string>>;

/** What Alertmanager sends, in short, of an alert that these matchers let through where one can be told from them. */
export function sampleNotice(matchers: readonly string[]): JsonObject {
	const labels = matchers
		.flatMap((text) => parseMatchers(text).matchers ?? [])
		.reduce(fit, { alertname: "HighCpu", severity: "critical", instance: "web-1" });
	return notice(labels);
}

/** Labels for which a matcher holds, too, if one of the values that it names makes it so. */
function fit(labels: Labels, matcher: Matcher): Labels {
	const { label, operator, value } = matcher;
	const text = `${JSON.stringify(label)}${operator}${JSON.stringify(value)}`;
	const isRight = (given: Labels) => explainMismatch([text], given) === undefined;
	const named = value.split("|").flatMap((each) => [each.replaceAll(/\.[*+]/g, "x"), each]);
	const tried = [...named, "another", ""].map((each) => ({ ...labels, [label]: each }));
	return [labels, ...tried].find(isRight) ?? labels;
}

function notice(labels: Labels): JsonObject {
	const { alertname = "HighCpu", instance = "web-1" } = labels;
	const annotations = { summary: alertname === "HighCpu" ? `The CPU of ${instance} is at 97 %` : `${alertname} fires` };
	return {
		version: "4",
		groupKey: `{}:{alertname=${JSON.stringify(alertname)}}`,
		truncatedAlerts: 0,
		status: "firing",
		receiver: "weft",
		groupLabels: { alertname },
		commonLabels: labels,
		commonAnnotations: annotations,
		externalURL: "http://alertmanager.example:9093",
		alerts: [
			{
				status: "firing",
				labels,
				annotations,
				startsAt: "2027-01-01T00:00:00Z",
				endsAt: "0001-01-01T00:00:00Z",
				generatorURL: "http://prometheus.example:9090/graph?g0.expr=cpu",
				fingerprint: "5ef77f1f8a3ecfc4",
			},
		],
	};
}
