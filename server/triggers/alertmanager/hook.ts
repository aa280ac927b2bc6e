import { decideByForm } from "../hooks/decide/decide-by-form";
import { defineHookKind } from "../hooks/hook-kind";
import { alertmanagerDefinition } from "./definition";
import { readNotice } from "./payload/alert-notice";
import { runPayload } from "./payload/run-payload";
import { receiveAlerts } from "./receive-alerts";
import { hookSecretsOf } from "./settings/alertmanager-config";
import { explainMismatch } from "./settings/match-alert";
import { sampleNotice } from "./settings/sample-notice";

export const alertmanagerHook = defineHookKind({
	definition: alertmanagerDefinition,
	reception(config) {
		const { authentication, maxMegabytes, perMinute } = config;
		const preset = authentication === "none" ? ("none" as const) : ("token" as const);
		// A user and password are compared as they are sent: `Basic …`.
		const header = authentication === "basic" ? "authorization" : undefined;
		return {
			...{ methods: ["POST"], maxMegabytes, perMinute, origins: [], answer: "at-once", dedupeHours: 1 },
			signature: { preset, header, algorithm: "sha256", encoding: "hex", prefix: "" },
			secrets: hookSecretsOf(config),
		};
	},
	/** Of the first alert that it would start a run for: what is known of episodes is not asked. */
	decide(config, form, { body }) {
		const notice = readNotice(body);
		if (typeof notice === "string") return { verdict: "failed", reason: notice };
		const { alerts, ...context } = notice;
		const firing = alerts.filter(({ status }) => status === "firing");
		const wanted = firing.filter(({ labels }) => explainMismatch(config.matchers, labels) === undefined);
		const [first] = firing;
		if (!first) return { verdict: "filtered", reason: "None of its alerts fires." };
		if (wanted.length === 0)
			return { verdict: "filtered", reason: explainMismatch(config.matchers, first.labels) ?? "No alert fits." };
		const told = config.windowSeconds > 0 ? wanted : wanted.slice(0, 1);
		const payload = runPayload({ key: config.id, context, alerts: told, seenBefore: () => [] });
		const keys = () => told.map(({ fingerprint, startsAt }) => `episode ${fingerprint} ${startsAt}`);
		return decideByForm({ type: config.type, inputs: config.inputs }, form, { payload, keys });
	},
	sample: ({ matchers }) => ({
		method: "POST",
		headers: { "content-type": "application/json", "user-agent": "Alertmanager/0.25.0" },
		query: {},
		body: sampleNotice(matchers),
		bodyHash: "",
	}),
	start: receiveAlerts,
});
