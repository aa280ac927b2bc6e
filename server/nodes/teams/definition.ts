import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	url: z
		.string()
		.trim()
		.min(1, "Enter the address of the channel’s workflow")
		.max(8_192)
		.meta({
			label: "Address",
			help: "From “Send webhook alerts to a channel” in Teams’ Workflows. Who knows it can post: keep it as a credential.",
			placeholder: "{{ secrets.teams_channel }}",
			credential: () => ({ token: { url: "" } }),
		}),
	title: z.string().trim().max(200).default("").meta({ label: "Title", placeholder: "Nightly build failed" }),
	text: z.string().trim().min(1, "Enter what is posted").max(100_000).meta({
		label: "Text",
		help: "Teams shows bold, italics, lists and links of Markdown.",
		placeholder: "**{{ run.workflow }}** found a problem.",
		widget: "textarea",
	}),
	facts: z
		.record(z.string().max(200), z.union([z.string(), z.number(), z.boolean(), z.null()]))
		.default({})
		.meta({ label: "Facts", help: "Shown below as names with values.", widget: "key-value" }),
	linkText: z
		.string()
		.trim()
		.max(100)
		.optional()
		.meta({ label: "Button", help: "What a button below says.", advanced: true }),
	linkUrl: z
		.string()
		.trim()
		.max(2_000)
		.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://")
		.optional()
		.meta({ label: "Button leads to", references: "url", placeholder: "https://example.com/builds/7", advanced: true }),
});

/** Text that stays as it is where Markdown is read. */
function escapeText(text: string): string {
	return text.replace(/[\\`*_[\]]/g, "\\$&");
}

export const teamsDefinition = defineNode({
	type: "teams",
	title: "Post to Teams",
	description: "Posts a card to a channel of Microsoft Teams.",
	icon: "messages-square",
	keywords: ["microsoft", "message", "notify", "channel", "adaptive card", "alert"],
	category: "notify",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		status: z.int().meta({ label: "Status" }),
		shortened: z.boolean().meta({ label: "Whether the text was too long for Teams and was cut" }),
	}),
	takes: ["string"],
	tellsFailures: {
		name: "Microsoft Teams",
		fields: ["url"],
		message: ({ title, text, excerpt, link }) => ({
			title: escapeText(title).slice(0, 200),
			text: [text, ...(excerpt === undefined ? [] : [excerpt])].map(escapeText).join("\n\n"),
			...(link !== undefined && { linkText: link.text, linkUrl: link.url }),
		}),
	},
	summary: ({ title, text }) => summarizeText(title, summarizeText(text, "no text yet")),
});
