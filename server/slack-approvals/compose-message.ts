import { getEnv } from "@/server/env";
import { runPath } from "@/server/notifications/run-place";
import { publicAddress } from "@/server/public-address";
import type { Actor } from "@/server/runs/events";
import type { AskedStep } from "@/server/runs/read/asked-step";
import type { StepRef } from "@/server/runs/step-ref";

/** Characters of a block, so that it stays below what Slack takes (3,000) whatever they are. */
const PIECE = /[\s\S]{1,1400}/gu;

export const APPROVE = "weft.approve";
export const DECLINE = "weft.decline";

/** The question with its buttons. What a workflow says stands in it as plain text: it mentions nobody, and hides no link. */
export function composeQuestion(asked: AskedStep, step: StepRef & { id: string }) {
	const { until } = asked.question;
	const date = until === undefined ? undefined : new Date(until);
	const deadline =
		date && `<!date^${Math.floor(date.getTime() / 1_000)}^{date_short_pretty}, {time}|${date.toUTCString()}>`;
	const waits = deadline === undefined ? "waits for a decision." : `waits for a decision until ${deadline}.`;
	const button = (text: string, style: string, action: string) => ({
		...{ type: "button", style, action_id: action, value: step.id },
		text: { type: "plain_text", text },
	});
	return {
		text: `${nameOf(asked)} waits for a decision.`,
		blocks: [
			markdown(`*${linkOf(asked, step)}* ${waits}`),
			...piecesOf(asked.question.message),
			{ type: "actions", elements: [button("Approve", "primary", APPROVE), button("Decline", "danger", DECLINE)] },
		],
	};
}

/** The same without its buttons, and what came of it. */
export function composeEnd(asked: AskedStep, step: StepRef) {
	const end = describeEnd(asked);
	return {
		text: `${nameOf(asked)}: ${end}`,
		blocks: [markdown(`*${linkOf(asked, step)}*`), ...piecesOf(asked.question.message), markdown(end)],
	};
}

function describeEnd({ decided, isCancelled }: AskedStep): string {
	if (decided)
		return `*${decided.decision === "approved" ? "Approved" : "Declined"}* by ${describeActor(decided.actor)}.`;
	return isCancelled ? "Nobody decided: the run was cancelled." : "Nobody decided in time.";
}

function describeActor(actor: Actor): string {
	if (actor.kind === "slack") return `<@${escapeText(actor.id)}>`;
	// Not by whose mail: more people read a channel.
	if (actor.kind === "mail-link") return "whoever read the mail";
	return actor.kind === "share-link" ? "a visitor" : `${escapeText(actor.name)} in Weft`;
}

export function piecesOf(message: string) {
	return (message.match(PIECE) ?? []).map((text) => ({
		type: "section",
		text: { type: "plain_text", text, emoji: false },
	}));
}

function markdown(text: string) {
	return { type: "section", text: { type: "mrkdwn", text } };
}

function nameOf({ workflow, runNumber }: AskedStep): string {
	return `Run ${runNumber} of ${escapeText(workflow.name)}`;
}

function linkOf(asked: AskedStep, { nodeId, iteration }: StepRef): string {
	const { team, workflow, runNumber } = asked;
	const path = runPath({ team, workflow, runNumber, count: 1, isAddressVerified: true }, { nodeId, iteration }) ?? "/";
	return `<${publicAddress(path, getEnv())}|${nameOf(asked)}>`;
}

/** Text in Slack's mrkdwn, as Slack wants it escaped: the three characters of its control sequences. */
function escapeText(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
