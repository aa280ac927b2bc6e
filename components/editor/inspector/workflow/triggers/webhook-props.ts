import type { WebhookConfig } from "@/server/triggers/webhook/settings/webhook-config";

export interface WebhookProps {
	webhook: WebhookConfig;
	/** Writes it; false when the plan cannot hold it. */
	write: (webhook: WebhookConfig) => boolean;
}
