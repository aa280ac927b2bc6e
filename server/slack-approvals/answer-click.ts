import type { Database } from "@/db/client";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import { callSlack, type SlackContext } from "@/server/nodes/call-slack";
import { findAskedStep } from "@/server/runs/read/asked-step";
import { composeForm } from "./answer-form";
import { endMessage } from "./change-message";
import { decideInSlack } from "./decide-in-slack";
import type { Click } from "./interaction";
import { openSlackApp, slackContext } from "./slack-app";
import type { SlackApproval } from "./slack-approval";
import { identify, requireDecider } from "./slack-person";

const TIMEOUT_MS = 20_000;

interface Clicked {
	approval: SlackApproval;
	click: Click;
	fetch: OutboundFetch;
}

/** Does what a click on a button of an approval asks for, and tells whoever clicked why not. */
export async function answerClick(database: Database, { approval, click, fetch }: Clicked): Promise<void> {
	const context = slackContext(fetch, TIMEOUT_MS);
	const { token = "" } = await openSlackApp(database, approval);
	try {
		await follow(database, context, { token, approval, click });
	} catch (error) {
		const isTold = error instanceof WeftError || error instanceof FatalError || error instanceof RetryableError;
		if (!isTold) throw error;
		await whisper(context, { token, click }, error.message);
	}
	await endMessage(database, context, { approval, message: click.message });
}

async function follow(
	database: Database,
	context: SlackContext,
	{ token, approval, click }: { token: string; approval: SlackApproval; click: Click },
): Promise<void> {
	const { decision, user, triggerId } = click;
	const asked = await findAskedStep(database.sql, approval);
	if (!asked?.isWaiting) throw new WeftError("conflict", "This has been decided already, or is not asked any more.");
	const person = await identify(context, { token, approval }, user);
	if (asked.question.fields.length === 0)
		return await decideInSlack(database, approval, { person, decision, values: {} });
	await requireDecider(database.sql, { approval, question: asked.question }, person);
	const view = composeForm(asked, { id: approval.id, decision });
	await callSlack(context, { token, method: "views.open", body: { trigger_id: triggerId, view } });
}

/** Tells whoever clicked, and nobody else. */
async function whisper(
	context: SlackContext,
	{ token, click }: { token: string; click: Click },
	text: string,
): Promise<void> {
	const body = { channel: click.message.channelId, user: click.user.id, text };
	await callSlack(context, { token, method: "chat.postEphemeral", body });
}
