import type { PlanSketch } from "./plan-sketch";
import { readSeconds } from "./read-seconds";
import type { StepRule } from "./step-rule";

/** Approvals, waits, and everything that tells somebody. */
export const PEOPLE_RULES: StepRule[] = [
	{
		words:
			/\b(?:approv(?:al|e)|sign.?off|confirmation|let \w{1,20} decide)\b|^ask (?:the |an? |our )?(?:\w{1,20} )?(?:team|group|admins?|leads?|managers?|owners?|people|person|§\d{1,4}m)\b|^(?:wait for|have|let) (?:an? |the |somebody|someone).{0,40}\b(?:approve|confirm|sign|decide|say yes)/i,
		draw: drawApproval,
	},
	{
		words:
			/\bevent\s(?:§\d{1,4}[a-z]|[\w.]{1,60})|\b(?:send|emit|publish) (?:an? |the )?(?:§\d{1,4}[a-z] )?event\b|^wait (?:for|until) (?:an? |the )?event/i,
		draw: drawEvent,
	},
	{
		words: /^(?:wait|sleep|pause|delay)\b/i,
		draw: (clause, sketch) => {
			const seconds = readSeconds(clause) ?? 60;
			sketch.add({ type: "delay", name: `Wait ${describeSeconds(seconds)}`, config: { seconds } });
		},
	},
	{
		words: /\bteams\b.{0,40}\b(?:channel|message|card)\b|\b(?:microsoft|ms) teams\b|\b(?:to|in|on) teams\b/i,
		draw: drawTeams,
	},
	{ words: /\bslack\b|(?:^|\s)#[a-z][\w-]{0,60}/i, draw: drawSlack },
	{
		words:
			/\bgithub\b.{0,60}\b(?:comment|issue|label|status)\b|\b(?:comment|issue|label|status)\b.{0,60}\b(?:pull request|github|repository|commit|on the issue)\b|^(?:open|create|file) (?:an? )?(?:github )?issue\b|^(?:add|set) (?:the |an? )?labels?\b/i,
		draw: drawGithub,
	},
	{ words: /\be-?mails?\b|^mail\b|§\d{1,4}m/i, draw: drawMail },
	{ words: /\bwebhooks?\b/i, draw: drawWebhook },
	{
		words: /\bcomment\b|\bnote on the run\b/i,
		draw: (clause, sketch) =>
			void sketch.add({
				type: "comment",
				name: "Comment on the run",
				config: { text: textOf(clause, sketch, "Done.") },
			}),
	},
];

/** What is told: what stands in quotes, what was made last, or a sentence. */
function textOf(clause: string, sketch: PlanSketch, otherwise: string): string {
	return sketch.held.first("quote", clause) ?? sketch.valueOr(otherwise);
}

const ROLES = ["operator", "editor", "admin", "owner"];

function drawApproval(clause: string, sketch: PlanSketch): void {
	const { held } = sketch;
	const approvers = [
		...ROLES.filter((role) => new RegExp(`\\b${role}s?\\b`, "i").test(clause)),
		...held.all("mail", clause),
	];
	const seconds = readSeconds(clause);
	sketch.add({
		...{ type: "approval", name: "Ask for approval", port: "approved" },
		config: {
			message: held.first("quote", clause) ?? "May this go on?",
			...(approvers.length > 0 && { approvers }),
			...(seconds !== undefined && { timeoutSeconds: seconds }),
		},
	});
}

function drawEvent(clause: string, sketch: PlanSketch): void {
	const [, after, before] = /\bevent\s(§\d{1,4}[a-z]|[\w.]{1,60})|(§\d{1,4}[a-z])\sevent\b/i.exec(clause) ?? [];
	const name = sketch.held.plain(after ?? before ?? "done");
	if (!/^wait/i.test(clause)) {
		sketch.add({ type: "send-event", name: `Send ${name}`, config: { name, data: { value: sketch.valueOr("") } } });
		return;
	}
	const seconds = readSeconds(clause);
	const config = { name, ...(seconds !== undefined && { timeoutSeconds: seconds }) };
	sketch.add({ type: "wait-for-event", name: `Wait for ${name}`, config, gives: "event" });
}

function drawSlack(clause: string, sketch: PlanSketch): void {
	const channel = /(?:^|\s)(#[a-z][\w-]{0,60})/i.exec(clause)?.[1];
	const config = {
		token: sketch.credential("slack"),
		...(channel !== undefined && { channel }),
		text: textOf(clause, sketch, "{{ run.workflow }} has news."),
	};
	sketch.add({ type: "slack", name: channel === undefined ? "Post to Slack" : `Tell ${channel}`, config });
}

function drawTeams(clause: string, sketch: PlanSketch): void {
	const config = { url: sketch.credential("teams"), text: textOf(clause, sketch, "{{ run.workflow }} has news.") };
	sketch.add({ type: "teams", name: "Post to Teams", config });
}

function drawMail(clause: string, sketch: PlanSketch): void {
	const to = sketch.held.all("mail", clause).join(", ");
	const [first = "a message"] = [sketch.held.first("quote", clause)].filter((text) => text !== undefined);
	sketch.add({
		...{ type: "email", name: to === "" ? "Send an e-mail" : `Mail ${to}` },
		config: {
			to: to === "" ? sketch.input({ type: "text", name: "email", label: "Send the e-mail to", required: true }) : to,
			subject: `{{ run.workflow }}: ${first.slice(0, 120)}`,
			body: textOf(clause, sketch, "Your workflow has news."),
		},
	});
}

function drawWebhook(clause: string, sketch: PlanSketch): void {
	const url = sketch.held.first("url", clause) ?? sketch.input({ type: "text", name: "webhook_url", required: true });
	sketch.add({
		...{ type: "webhook", name: "Send a webhook" },
		config: { url, event: "workflow.done", data: { value: sketch.valueOr("done") } },
	});
}

function drawGithub(clause: string, sketch: PlanSketch): void {
	const repository =
		/\b([\w.-]{1,40}\/[\w.-]{1,60})\b/.exec(clause)?.[1] ??
		sketch.input({ type: "text", name: "repository", default: "owner/name" });
	const base = { repository, token: sketch.credential("github") };
	const text = textOf(clause, sketch, "From {{ run.workflow }}.");
	const number = Number(/#(\d{1,9})\b/.exec(clause)?.[1] ?? "0") || "{{ trigger.body.pull_request.number }}";
	if (/\bstatus\b/i.test(clause)) {
		const config = { ...base, action: "status", commit: "{{ trigger.body.after }}", name: "weft", state: "success" };
		sketch.add({ type: "github", name: "Set the commit’s status", config });
	} else if (/\blabels?\b/i.test(clause)) {
		const label = sketch.held.first("quote", clause) ?? /\blabels? ([\w-]{1,40})/i.exec(clause)?.[1] ?? "weft";
		sketch.add({
			type: "github",
			name: `Label ${label}`,
			config: { ...base, action: "labels", number, labels: [label] },
		});
	} else if (/^(?:open|create|file)\b/i.test(clause)) {
		const title = sketch.held.first("quote", clause) ?? "{{ run.workflow }}";
		sketch.add({ type: "github", name: "Open an issue", config: { ...base, action: "issue", title, body: text } });
	} else
		sketch.add({
			type: "github",
			name: "Comment on GitHub",
			config: { ...base, action: "comment", number, body: text },
		});
}

export function describeSeconds(seconds: number): string {
	const [size, unit] =
		seconds % 86_400 === 0
			? [86_400, "day"]
			: seconds % 3_600 === 0
				? [3_600, "hour"]
				: seconds % 60 === 0
					? [60, "minute"]
					: [1, "second"];
	const count = seconds / size;
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
