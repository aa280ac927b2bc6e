import { z } from "zod";
import { jsonObjectSchema } from "../../../plan/values/json";
import { triggerIdSchema } from "../../trigger-id";

/** What a trigger by alerts may ask for at most. */
export const ALERT_LIMITS = { matchers: 20, matcher: 2_000, windowSeconds: 3_600, perMinute: 10_000, megabytes: 10 };

/** A credential of the team, or a part of one: `NAME`, `NAME.part`. */
const secretSchema = z
	.string()
	.regex(
		/^[A-Za-z_][A-Za-z0-9_]{0,63}(?:\.[A-Za-z0-9_-]{1,64})?$/,
		"Name a credential of the team, as in ALERTS_TOKEN",
	);

const apiSchema = z
	.string()
	.max(500)
	.regex(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, "Write Alertmanager’s address, as in http://alertmanager:9093");

export const alertmanagerConfigSchema = z.strictObject({
	type: z.literal("alertmanager"),
	id: triggerIdSchema,
	/** Triggers of a team with the same one are started by the same address; without it a trigger has its own. */
	address: triggerIdSchema.optional(),
	/** What alerts must be like to start a run, each as Alertmanager writes it: all of them. */
	matchers: z.array(z.string().trim().min(1).max(ALERT_LIMITS.matcher)).max(ALERT_LIMITS.matchers).default([]),
	/** How Alertmanager proves who it is (its `http_config`); it does not sign. */
	authentication: z.enum(["none", "bearer", "basic"]).default("none"),
	/** A token; for basic, a user name and password. */
	secret: secretSchema.optional(),
	/** Accepted as well, while Alertmanager changes from one to the other. */
	formerSecret: secretSchema.optional(),
	/**
	 * What becomes of an episode's run once it is resolved; `event` sends it one that it may wait for, `run` starts another
	 * one that is told so.
	 */
	onResolve: z.enum(["nothing", "event", "cancel", "run"]).default("nothing"),
	/** So long the alerts of a group are collected for one run; 0 for a run of each episode's own. */
	windowSeconds: z.int().min(0).max(ALERT_LIMITS.windowSeconds).default(0),
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: jsonObjectSchema.default({}),
	perMinute: z.int().min(1).max(ALERT_LIMITS.perMinute).default(600),
	maxMegabytes: z.int().min(1).max(ALERT_LIMITS.megabytes).default(4),
	/** Alertmanager's address, for what was missed while Weft was away, and for its silences. */
	api: apiSchema.optional(),
	/** What is sent there in the Authorization header: a token, or a user name and password. */
	apiSecret: secretSchema.optional(),
	/** Alertmanager's receiver that sends here; without it, the one that was heard last. */
	receiver: z.string().trim().min(1).max(200).optional(),
});
export type AlertmanagerConfig = z.infer<typeof alertmanagerConfigSchema>;

/** The references to the credentials that requests to it must prove to know. A user and password are compared as sent. */
export function hookSecretsOf({ authentication, secret, formerSecret }: AlertmanagerConfig): string[] {
	const names = [secret, formerSecret].filter((name) => name !== undefined);
	if (authentication === "none") return [];
	return names.map((name) => (authentication === "basic" && !name.includes(".") ? `${name}.header` : name));
}

/** All the credentials that it reads. */
export function secretsOf(config: AlertmanagerConfig): string[] {
	const { secret, formerSecret, apiSecret } = config;
	return [secret, formerSecret, apiSecret].filter((name) => name !== undefined);
}

/** Behind the name of a trigger: which alerts, and what is done with them. */
export function describeAlerts({ matchers, windowSeconds }: AlertmanagerConfig): string {
	const which = matchers.length === 0 ? "every alert" : matchers.join(", ");
	return windowSeconds === 0 ? which : `${which}, collected for ${windowSeconds} s`;
}
