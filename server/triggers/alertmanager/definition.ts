import { defineTrigger, placeOf } from "../trigger-definition";
import { alertmanagerConfigSchema, describeAlerts, secretsOf } from "./settings/alertmanager-config";

export const alertmanagerDefinition = defineTrigger({
	type: "alertmanager",
	config: alertmanagerConfigSchema,
	startsItself: true,
	title: "Alertmanager",
	cause: "By an alert",
	icon: "siren",
	add: { label: "Run on an alert", trigger: alertmanagerConfigSchema.parse({ type: "alertmanager", id: "alerts" }) },
	reads: [
		"trigger.alert.labels",
		"trigger.alert.annotations",
		"trigger.alerts",
		"trigger.status",
		"trigger.seenBefore",
	],
	address: placeOf,
	detail: describeAlerts,
	summary: describeAlerts,
	starts: ({ matchers }) => (matchers.length === 0 ? "on an alert" : `on an alert with ${matchers.join(", ")}`),
	secrets: secretsOf,
	outline: ({ type, id }) => alertmanagerConfigSchema.parse({ type, id }),
});
