import type { Database } from "@/db/client";
import { callSlack, type SlackContext } from "@/server/nodes/call-slack";
import { findAskedStep } from "@/server/runs/read/asked-step";
import { composeEnd } from "./compose-message";
import { openSlackApp } from "./slack-app";
import type { SlackApproval } from "./slack-approval";

export interface MessageRef {
	channelId: string;
	ts: string;
}

/** Takes the buttons of a message and says who decided, once the step waits no more. Safe to repeat. */
export async function endMessage(
	database: Database,
	context: SlackContext,
	{ approval, message }: { approval: SlackApproval; message: MessageRef },
): Promise<void> {
	const asked = await findAskedStep(database.sql, approval);
	if (asked === undefined || asked.isWaiting) return;
	const { token } = await openSlackApp(database, approval);
	if (token !== undefined) {
		const body = { channel: message.channelId, ts: message.ts, ...composeEnd(asked, approval) };
		await callSlack(context, { token, method: "chat.update", body, expected: ["message_not_found"] });
	}
	// Of two messages, of which the first was believed lost, the one that is known ends it.
	const { id } = approval;
	await database.sql`
		update slack_approvals set closed_at = coalesce(closed_at, now()) where id = ${id} and ts = ${message.ts}`;
}
