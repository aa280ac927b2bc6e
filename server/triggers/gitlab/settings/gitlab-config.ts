import { z } from "zod";
import { repositorySettings } from "../../hooks/settings/repository-settings";

/** The events that may start runs, by the `object_kind` of their bodies. */
export const GITLAB_EVENTS = ["push", "merge_request"] as const;
export type GitlabEvent = (typeof GITLAB_EVENTS)[number];

export const gitlabConfigSchema = z.strictObject({
	type: z.literal("gitlab"),
	...repositorySettings,
	events: z.array(z.enum(GITLAB_EVENTS)).min(1).max(GITLAB_EVENTS.length).default(["push"]),
	/** The secret token comes as it is, in a header; by a signing token the body is signed, as Standard Webhooks has it. */
	signedBy: z.enum(["token", "signature"]).default("token"),
});
export type GitlabConfig = z.infer<typeof gitlabConfigSchema>;
