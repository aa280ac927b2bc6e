import { z } from "zod";
import { repositorySettings } from "../../hooks/settings/repository-settings";
import { secretNameSchema } from "../../hooks/settings/signature-settings";

/** The events that may start runs, as GitHub names them. */
export const GITHUB_EVENTS = [
	"push",
	"pull_request",
	"issues",
	"issue_comment",
	"pull_request_review_comment",
	"release",
	"workflow_run",
] as const;
export type GithubEvent = (typeof GITHUB_EVENTS)[number];

export const githubConfigSchema = z.strictObject({
	type: z.literal("github"),
	...repositorySettings,
	events: z.array(z.enum(GITHUB_EVENTS)).min(1).max(GITHUB_EVENTS.length).default(["push"]),
	/** Where GitHub lists what it could not deliver, so that it is asked for again. */
	redeliver: z
		.strictObject({
			/** A token that may manage the hook, or the private key of the app. */
			credential: secretNameSchema,
			/** A repository's or an organisation's webhook by its number, or an app by its id. */
			hook: z
				.string()
				.max(200)
				.regex(
					/^(?:repos\/[A-Za-z0-9][\w-]*\/[\w-][\w.-]*\/hooks\/\d{1,15}|orgs\/[A-Za-z0-9][\w-]*\/hooks\/\d{1,15}|app\/\d{1,15})$/,
					"Write repos/OWNER/NAME/hooks/ID, orgs/NAME/hooks/ID or app/ID",
				),
			/** Of a GitHub Enterprise Server: `https://HOST/api/v3`. */
			api: z
				.url({ protocol: /^https?$/ })
				.max(200)
				.default("https://api.github.com"),
		})
		.optional(),
});
export type GithubConfig = z.infer<typeof githubConfigSchema>;
