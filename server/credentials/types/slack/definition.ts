import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

export const slackDefinition = defineCredential({
	type: "slack",
	title: "Slack app",
	description: "A bot of your Slack: it posts messages, and asks for decisions there.",
	testedBy: "itself",
	values: z.strictObject({
		token: z
			.string("Enter the bot’s token.")
			.trim()
			.max(1_000, atMost(1_000))
			.regex(/^xox[a-z]/, "Enter the bot’s token, which begins with xoxb-.")
			.meta({
				label: "Bot token",
				help: "Of the app, under “OAuth & Permissions”: its scopes say what the bot may do (chat:write to post, files:write to upload).",
				placeholder: "xoxb-…",
				secret: true,
			}),
		signingSecret: z
			.string()
			.trim()
			.max(200, atMost(200))
			.regex(/^[0-9a-f]{32,}$/, "Copy it from “Basic Information”: 32 digits and letters from a to f.")
			.optional()
			.meta({
				label: "Signing secret",
				help: "Needed for decisions in Slack. Of the app, under “Basic Information”; enter this server’s address with /api/slack/interactions under “Interactivity & Shortcuts” there.",
				secret: true,
			}),
	}),
	parts: ({ token, signingSecret = "" }) => ({ "": token, signingSecret }),
	hint: ({ token }) => `…${token.slice(-4)}`,
});
