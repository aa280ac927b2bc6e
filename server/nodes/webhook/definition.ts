import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	url: z
		.string()
		.trim()
		.min(1, "Enter the address that is told")
		.max(8_192)
		.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://")
		.meta({
			label: "Address",
			help: "Public addresses only, unless an administrator allows a private one.",
			references: "url",
			placeholder: "https://example.com/hooks/weft",
		}),
	event: z
		.string()
		.trim()
		.min(1, "Enter what has happened, such as report.ready")
		.max(200)
		.meta({ label: "Event", help: "What has happened, in dotted words.", placeholder: "report.ready" }),
	data: jsonSchema.default({}).meta({
		label: "Data",
		help: "References inside JSON keep their type.",
		placeholder: '{ "report": "{{ steps.write.output }}" }',
		widget: "json",
	}),
	secret: z
		.string()
		.min(1)
		.max(1_000)
		.optional()
		.meta({
			label: "Signing secret",
			help: "Shared with the receiver, who checks by it that the webhook is yours: Base64, mostly after whsec_.",
			placeholder: "{{ secrets.hook }}",
			credential: () => ({ token: { secret: "" } }),
		}),
	timeoutSeconds: z
		.number()
		.min(1)
		.max(120)
		.default(15)
		.meta({ label: "Response timeout", widget: "duration", advanced: true }),
});

export const webhookDefinition = defineNode({
	type: "webhook",
	title: "Send a webhook",
	description: "Tells an address what has happened, signed as Standard Webhooks.",
	icon: "webhook",
	keywords: ["post", "callback", "notify", "push", "event", "standard webhooks", "signed", "http"],
	category: "notify",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		id: z.string().meta({ label: "Id of the webhook, the same in every attempt" }),
		status: z.int().meta({ label: "Status" }),
	}),
	tellsFailures: {
		name: "Webhook",
		fields: ["url", "secret"],
		message: ({ event, data }) => ({ event, data }),
	},
	summary: ({ url }) => summarizeText(url, "no address yet"),
});
