import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { attachedFilesField } from "../program-fields";
import { countOf, summarizeText } from "../summary-text";
import { readAddresses } from "./read-addresses";

/** Mails that go to more people are for a service that is made for it. */
export const MAX_RECIPIENTS = 50;
/** Characters; a mail of that length is cut by many readers already. */
const MAX_BODY = 100_000;

const addresses = z
	.string()
	.max(10_000)
	.refine((text) => readAddresses(text) !== undefined, "Enter e-mail addresses, separated by commas");
const oneLine = z
	.string()
	.trim()
	.regex(/^[^\r\n\0]*$/, "Enter it on one line");

const configSchema = z.strictObject({
	to: addresses
		.refine((text) => text.trim() !== "", "Enter whom it is for")
		.meta({
			label: "To",
			help: "Addresses, separated by commas.",
			placeholder: "ada@example.com, {{ inputs.customer }}",
		}),
	subject: oneLine
		.min(1, "Enter a subject")
		.max(300)
		.meta({ label: "Subject", placeholder: "{{ run.workflow }}: the report" }),
	body: z.string().min(1, "Enter what it says").max(MAX_BODY).meta({
		label: "Text",
		help: "Markdown. HTML and pictures in it are not sent.",
		placeholder: "Hello,\n\n{{ steps.write.output.text }}",
		widget: "textarea",
	}),
	server: z
		.string()
		.min(1)
		.max(20_000)
		.optional()
		.meta({
			label: "Mail server",
			help: "Empty: this server’s own, which mails to verified addresses of members of the team alone.",
			placeholder: "{{ secrets.mail }}",
			credential: () => ({ smtp: { server: "" } }),
			mails: "unless-set",
		}),
	files: attachedFilesField,
	cc: addresses.optional().meta({ label: "Copies to", advanced: true }),
	bcc: addresses.optional().meta({ label: "Hidden copies to", advanced: true }),
	replyTo: z.email("Enter one e-mail address").optional().meta({ label: "Answers go to", advanced: true }),
	fromName: oneLine.max(100).optional().meta({
		label: "Sender’s name",
		help: "Shown before the address that the mail server sends from.",
		advanced: true,
	}),
});

export const emailDefinition = defineNode({
	type: "email",
	title: "Send an e-mail",
	description: "Mails a text to people, by a mail server of yours.",
	icon: "mail",
	keywords: ["mail", "email", "smtp", "send", "notify", "letter", "report"],
	category: "notify",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		messageId: z.string().meta({ label: "Id of the mail, the same in every attempt" }),
		accepted: z.array(z.string()).meta({ label: "Addresses that the mail server took it for" }),
		rejected: z.array(z.string()).meta({ label: "Addresses that it refused" }),
	}),
	takes: ["string"],
	tellsFailures: {
		name: "E-mail",
		fields: ["to", "server"],
		message: ({ title, text, excerpt, link }) => ({
			subject: title,
			// Indented, it is read as it stands.
			body: [
				text,
				...(excerpt === undefined ? [] : [`    ${excerpt}`]),
				...(link === undefined ? [] : [link.url]),
			].join("\n\n"),
		}),
	},
	summary({ to, subject }) {
		const people = typeof to === "string" ? (readAddresses(to) ?? []) : [];
		if (people.length > 1) return `to ${countOf(people.length, "address")}`;
		return typeof to === "string" && to !== ""
			? `to ${summarizeText(to, "nobody")}`
			: summarizeText(subject, "to nobody yet");
	},
});
