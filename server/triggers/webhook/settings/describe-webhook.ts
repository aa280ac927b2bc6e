import type { Preset } from "../../hooks/settings/signature-settings";
import type { WebhookConfig } from "./webhook-config";

/** The senders and ways of signing, as screens name them. */
export const PRESET_NAMES = {
	none: "Nothing but the address",
	token: "A token in a header",
	hmac: "An HMAC signature",
	standard: "Standard Webhooks",
	github: "GitHub",
	stripe: "Stripe",
	slack: "Slack",
	shopify: "Shopify",
	linear: "Linear",
} as const satisfies Record<Preset, string>;

/** Behind the name of a trigger: how its requests prove themselves, and whether some are left out. */
export function describeWebhook({ preset, filter }: WebhookConfig): string {
	const how =
		preset === "none"
			? "unsigned"
			: preset === "token"
				? "by token"
				: preset === "hmac"
					? "signed"
					: PRESET_NAMES[preset];
	return filter === undefined ? how : `${how}, filtered`;
}
