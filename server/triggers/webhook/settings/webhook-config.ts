import { z } from "zod";
import { jsonObjectSchema } from "../../../plan/values/json";
import { type Preset, secretNameSchema, signatureSettingsSchema } from "../../hooks/settings/signature-settings";
import { triggerIdSchema } from "../../trigger-id";

/** What a webhook may ask for at most. */
export const WEBHOOK_LIMITS = { expression: 4_000, megabytes: 25, perMinute: 100_000, origins: 20, dedupeHours: 720 };

export const HTTP_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

const originSchema = z
	.string()
	.max(200)
	.regex(/^(?:\*|https?:\/\/[^/\s]+)$/, "Write an origin as in https://shop.example, or * for all");

export const webhookConfigSchema = z.strictObject({
	type: z.literal("webhook"),
	id: triggerIdSchema,
	/** Triggers of a team with the same one are started by the same address; without it a trigger has its own. */
	address: triggerIdSchema.optional(),
	methods: z.array(z.enum(HTTP_METHODS)).min(1).max(HTTP_METHODS.length).default(["POST"]),
	...signatureSettingsSchema.shape,
	secret: secretNameSchema.optional(),
	/** Accepted as well, while senders change from one to the other. */
	formerSecret: secretNameSchema.optional(),
	/** CEL: starts a run only where it is true. */
	filter: z.string().max(WEBHOOK_LIMITS.expression).meta({ widget: "cel" }).optional(),
	/** CEL: a request with the key of an earlier one starts nothing. */
	dedupeKey: z.string().max(WEBHOOK_LIMITS.expression).meta({ widget: "cel" }).optional(),
	dedupeHours: z.int().min(1).max(WEBHOOK_LIMITS.dedupeHours).default(24),
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: jsonObjectSchema.default({}),
	perMinute: z.int().min(1).max(WEBHOOK_LIMITS.perMinute).default(600),
	maxMegabytes: z.int().min(1).max(WEBHOOK_LIMITS.megabytes).default(1),
	/** At once with the run's number, or with the run's output. */
	answer: z.enum(["at-once", "output"]).default("at-once"),
	/** Pages of these origins may send requests from browsers. */
	origins: z.array(originSchema).max(WEBHOOK_LIMITS.origins).default([]),
});
export type WebhookConfig = z.infer<typeof webhookConfigSchema>;

/** Of senders that wait for what a run puts out. */
export const GENERIC_PRESETS: ReadonlySet<Preset> = new Set(["none", "token", "hmac"]);

/** The references to the credentials that it reads. */
export function secretsOf({ secret, formerSecret }: WebhookConfig): string[] {
	return [secret, formerSecret].filter((name) => name !== undefined);
}
