import { z } from "zod";
import { shapeOfForm } from "@/server/plan/expressions/value-shapes";
import { isObject, jsonObjectSchema } from "@/server/plan/values/json";
import { formFieldSchema } from "../../plan/form-field";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeText } from "../summary-text";

/** The roles that may operate a run. */
const APPROVER_ROLES = ["operator", "editor", "admin", "owner"];

function isApprover(text: string): boolean {
	return APPROVER_ROLES.includes(text) || z.email().safeParse(text).success;
}

const SLACK_ID = /^[UW][A-Z0-9]{2,30}$/;

function asksInSlack({ slack }: Readonly<Record<string, unknown>>): boolean {
	return typeof slack === "string" && slack.trim() !== "";
}

const configSchema = z.strictObject({
	message: z.string().trim().min(1, "Enter what is to be decided").max(10_000).meta({
		label: "Message",
		help: "What the person who decides reads.",
		placeholder: "Release {{ inputs.version }} to production?",
		widget: "textarea",
	}),
	fields: z
		.array(formFieldSchema)
		.max(50)
		.default([])
		.meta({ label: "Form", help: "Questions to answer with the decision.", widget: "form-fields" }),
	approvers: z
		.array(z.string().refine(isApprover, "Enter an e-mail address, or a role such as admin"))
		.max(50)
		.default([])
		.meta({
			label: "Who may decide",
			help: "Roles (operator, editor, admin, owner) or e-mail addresses, which count once their people have verified them. Empty: everyone who may run this workflow.",
			placeholder: "admin",
		}),
	mailTo: z.array(z.email("Enter an e-mail address").max(320)).max(20).default([]).meta({
		label: "Mail a link to",
		help: "Each address gets a link of its own that decides, once. It has to be that of a member who may decide, unless the next setting is on.",
		placeholder: "ada@example.com",
		mails: "to-these",
	}),
	needsNoAccount: z
		.boolean()
		.default(false)
		.meta({
			label: "The link needs no account",
			help: "Whoever reads the mail decides, members or not.",
			visibleWhen: ({ mailTo }) => Array.isArray(mailTo) && mailTo.length > 0,
		}),
	slack: z
		.string()
		.trim()
		.max(8_192)
		.optional()
		.meta({
			label: "Ask in Slack",
			help: "A Slack app of the team, with its signing secret: its bot posts the question with buttons that decide it.",
			placeholder: "{{ secrets.SLACK }}",
			credential: () => ({ slack: { slack: "" } }),
		}),
	slackChannel: z.string().trim().max(100).optional().meta({
		label: "Channel",
		help: "Its id, or its name with #. The bot has to be in it.",
		placeholder: "#releases",
		visibleWhen: asksInSlack,
		requiredWhen: asksInSlack,
	}),
	slackPeople: z
		.array(z.string().trim().regex(SLACK_ID, "Enter a member ID of Slack, such as U012ABCDEF"))
		.max(50)
		.default([])
		.meta({
			label: "Who may decide there without an account",
			help: "Member IDs of Slack (in a profile, under ⋮). Others are known by the address of their profile, which has to be that of a member who may decide; the app needs the scopes users:read and users:read.email for it.",
			placeholder: "U012ABCDEF",
			visibleWhen: asksInSlack,
		}),
	timeoutSeconds: z
		.number()
		.min(1)
		.max(31_536_000)
		.optional()
		.meta({ label: "Wait at most", help: "Empty: until the run times out.", widget: "duration" }),
	onTimeout: z
		.enum(["decline", "fail"])
		.default("decline")
		.meta({
			label: "When nobody decides in time",
			widget: "select",
			visibleWhen: ({ timeoutSeconds }) => timeoutSeconds !== undefined,
		}),
});

const outputSchema = z.object({
	decision: z.enum(["approved", "declined"]).meta({ label: "Decision" }),
	by: z.string().nullable().meta({ label: "Who decided; null when the time ran out" }),
	at: z.string().meta({ label: "When" }),
	values: jsonObjectSchema.meta({ label: "Answers of the form" }),
});

export const approvalDefinition = defineNode({
	type: "approval",
	title: "Approval",
	description: "Waits for a person to approve or decline, with a form if you need answers.",
	icon: "user-round-check",
	keywords: ["human", "review", "manual", "approve", "ask", "form", "wait", "person", "confirm", "sign-off"],
	category: "people",
	kind: "wait",
	hasEffect: true,
	canFail: ({ onTimeout }) => onTimeout === "fail",
	ports: () => ["approved", "declined"],
	portOf: (output) => (isObject(output) && typeof output.decision === "string" ? output.decision : undefined),
	config: configSchema,
	output: outputSchema,
	outputOf: ({ fields }) => outputSchema.extend({ values: shapeOfForm(fields).meta({ label: "Answers of the form" }) }),
	needs: { kind: "people", name: "Somebody who decides", help: "Whoever its steps ask" },
	takes: ["string"],
	warnings: (config) =>
		asksInSlack(config) && !config.slackChannel
			? [{ field: "slackChannel", message: "Enter the channel in which it is asked: without one the step fails." }]
			: [],
	summary: ({ approvers }) => {
		const people = Array.isArray(approvers) ? approvers : [];
		if (people.length === 0) return "anyone who may run this";
		return people.length === 1
			? `for ${summarizeText(people[0], "one person")}`
			: `1 of ${countOf(people.length, "approver")}`;
	},
});
