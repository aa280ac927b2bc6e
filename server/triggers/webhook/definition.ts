import { defineTrigger, placeOf } from "../trigger-definition";
import { curlExample } from "./settings/curl-example";
import { describeWebhook, PRESET_NAMES } from "./settings/describe-webhook";
import { GENERIC_PRESETS, secretsOf, webhookConfigSchema } from "./settings/webhook-config";

export const webhookDefinition = defineTrigger({
	type: "webhook",
	config: webhookConfigSchema,
	startsItself: true,
	title: "Webhook",
	cause: "By webhook",
	icon: "webhook",
	add: { label: "Run on a webhook", trigger: webhookConfigSchema.parse({ type: "webhook", id: "webhook" }) },
	reads: ["trigger.body", "trigger.headers", "trigger.query"],
	address: placeOf,
	curl: curlExample,
	detail: describeWebhook,
	summary: describeWebhook,
	starts: ({ preset }) => (GENERIC_PRESETS.has(preset) ? "on a webhook" : `on a webhook of ${PRESET_NAMES[preset]}`),
	secrets: secretsOf,
	outline: ({ type, id }) => webhookConfigSchema.parse({ type, id }),
});
