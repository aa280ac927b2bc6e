import type { JsonObject } from "../../../plan/values/json";
import type { HookEvent } from "../../hooks/settings/hook-event";
import type { Preset } from "../../hooks/settings/signature-settings";

interface Sample {
	headers?: Record<string, string>;
	body: JsonObject;
}

const ORDER = { id: "evt_1", type: "order.paid", amount: 120, currency: "EUR", customer: { id: "cus_1", name: "Ada" } };

/** What each sender sends, in short: enough to try a filter and the steps behind it. */
const SAMPLES: Record<Preset, Sample> = {
	none: { body: ORDER },
	token: { body: ORDER },
	hmac: { body: ORDER },
	standard: {
		headers: { "webhook-id": "msg_1", "webhook-timestamp": "1798761600" },
		body: { type: "order.paid", timestamp: "2027-01-01T00:00:00Z", data: ORDER },
	},
	github: {
		headers: { "x-github-event": "push", "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" },
		body: {
			ref: "refs/heads/main",
			before: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
			after: "9049f1265b7d61be4a8904a9a27120d2064dab3b",
			repository: { id: 1, name: "shop", full_name: "acme/shop", default_branch: "main" },
			pusher: { name: "ada", email: "ada@example.com" },
			commits: [{ id: "9049f1265b7d61be4a8904a9a27120d2064dab3b", message: "Fix the total", modified: ["cart.ts"] }],
		},
	},
	stripe: {
		body: {
			id: "evt_1",
			object: "event",
			type: "payment_intent.succeeded",
			created: 1_798_761_600,
			data: { object: { id: "pi_1", object: "payment_intent", amount: 2_000, currency: "eur", status: "succeeded" } },
		},
	},
	slack: {
		body: {
			type: "event_callback",
			team_id: "T0001",
			event_id: "Ev0001",
			event_time: 1_798_761_600,
			event: { type: "app_mention", user: "U0001", text: "<@U0002> deploy", channel: "C0001", ts: "1798761600.000100" },
		},
	},
	shopify: {
		headers: { "x-shopify-topic": "orders/create", "x-shopify-shop-domain": "acme.myshopify.com" },
		body: {
			id: 1,
			email: "ada@example.com",
			total_price: "120.00",
			currency: "EUR",
			line_items: [{ id: 1, quantity: 2 }],
		},
	},
	linear: {
		headers: { "linear-event": "Issue" },
		body: {
			action: "create",
			type: "Issue",
			webhookTimestamp: 1_798_761_600_000,
			data: { id: "i1", title: "A bug", number: 7 },
		},
	},
};

/** A sample of what a sender sends. */
export function sampleOf(preset: Preset): HookEvent {
	const { headers = {}, body } = SAMPLES[preset];
	return {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		query: {},
		body,
		bodyHash: "",
	};
}
