import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { attachedFilesField } from "../program-fields";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	token: z
		.string()
		.trim()
		.min(1, "Enter a bot’s token, or the address of an incoming webhook")
		.max(8_192)
		.meta({
			label: "Token or address",
			help: "A Slack app or a bot’s token (xoxb-…, with chat:write), or the address of an incoming webhook, which always posts to its own channel.",
			placeholder: "{{ secrets.slack }}",
			credential: () => ({ slack: { token: "" }, token: { token: "" } }),
		}),
	channel: z.string().trim().max(100).optional().meta({
		label: "Channel",
		help: "Its id (a retry can then see what is posted already), or its name with #. A webhook needs none.",
		placeholder: "#alerts",
	}),
	text: z.string().trim().min(1, "Enter what is posted").max(100_000).meta({
		label: "Text",
		help: "Slack’s mrkdwn: *bold*, _italic_, `code`. What is longer than one message goes on in its thread, or is uploaded as a file.",
		placeholder: "*{{ run.workflow }}* found a problem.",
		widget: "textarea",
	}),
	long: z.enum(["split", "file"]).default("split").meta({
		label: "A text that is too long",
		help: "split: it goes on in the thread. file: the whole of it is uploaded there as a file, which needs the scope files:write.",
		widget: "select",
		advanced: true,
	}),
	files: attachedFilesField,
	thread: z.enum(["run", "none"]).default("run").meta({
		label: "Thread",
		help: "run: the first message of the run in a channel begins a thread, the later ones answer in it.",
		widget: "select",
		advanced: true,
	}),
	update: z.string().trim().max(50).optional().meta({
		label: "Replace the message",
		help: "The ts of a message of an earlier step, whose channel is named by its id: it is changed in its place.",
		placeholder: "{{ steps.post.output.ts }}",
		advanced: true,
	}),
});

/** As Slack wants text that is not markup, so that nobody is mentioned by it. */
function escapeText(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export const slackDefinition = defineNode({
	type: "slack",
	title: "Post to Slack",
	description: "Posts a message to a channel of Slack, in a thread of the run.",
	icon: "hash",
	keywords: ["slack", "message", "notify", "channel", "thread", "chat.postmessage", "alert"],
	category: "notify",
	kind: "step",
	hasEffect: true,
	readsRoots: ["state"],
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		channel: z.string().nullable().meta({ label: "Id of the channel; null by a webhook" }),
		ts: z.string().nullable().meta({ label: "Id of the message; null by a webhook" }),
		permalink: z.string().nullable().meta({ label: "Address of the message; null where Slack tells none" }),
	}),
	takes: ["string"],
	tellsFailures: {
		name: "Slack",
		fields: ["token", "channel"],
		message: ({ title, text, excerpt, link }) => ({
			text: [
				`*${escapeText(title)}*`,
				escapeText(text),
				...(excerpt === undefined ? [] : [`> ${escapeText(excerpt)}`]),
				...(link === undefined ? [] : [`<${link.url}|${escapeText(link.text)}>`]),
			].join("\n"),
			thread: "none",
		}),
	},
	summary: ({ channel, text }) => summarizeText(channel, summarizeText(text, "no text yet")),
});
