import { z } from "zod";
import type { Database, Sql } from "@/db/client";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import { LEASE_SECONDS, secondsToWait } from "@/server/mail/mail-queue";
import { callSlack, type SlackContext } from "@/server/nodes/call-slack";
import { readSlackHistory } from "@/server/nodes/slack-history";
import { type AskedStep, findAskedStep } from "@/server/runs/read/asked-step";
import { warnOnStep } from "@/server/runs/store/warn-on-step";
import { endMessage } from "./change-message";
import { composeQuestion } from "./compose-message";
import { openSlackApp, slackContext, slackFetch } from "./slack-app";
import { approvalColumns, type SlackApproval } from "./slack-approval";

/** Messages that are posted or changed in one go. */
const MOST = 50;
/** With the waits between them, a day. */
const MOST_TRIES = 100;
const TIMEOUT_MS = 60_000;
const EVENT_TYPE = "weft_approval";

const postedSchema = z.object({ channel: z.string(), ts: z.string() });
const workspaceSchema = z.object({ team_id: z.string() });

/** Asks in Slack what waits to be asked there, and takes the buttons of what was decided, wherever that was. */
export async function tendSlackApprovals(database: Database, fetch: OutboundFetch = slackFetch()): Promise<void> {
	for (let count = 0; count < MOST; count++) {
		const due = await claim(database.sql);
		if (due === undefined) return;
		await tend(database, slackContext(fetch, TIMEOUT_MS), due);
	}
}

async function claim(sql: Sql): Promise<SlackApproval | undefined> {
	const [due] = await sql<SlackApproval[]>`
		update slack_approvals a set due_at = now() + make_interval(secs => ${LEASE_SECONDS}), tries = a.tries + 1
		where a.id = (
			select d.id from slack_approvals d
				join runs r on r.id = d.run_id
				join run_steps s on s.run_id = d.run_id and s.node_id = d.node_id and s.iteration = d.iteration
			where d.closed_at is null and d.due_at <= now()
				and (d.ts is null or s.status <> 'waiting' or s.answer is not null or r.ended_at is not null)
			order by d.due_at limit 1 for update of d skip locked)
		returning ${approvalColumns(sql)}`;
	return due;
}

async function tend(database: Database, context: SlackContext, approval: SlackApproval): Promise<void> {
	const { id, tries, channelId, ts } = approval;
	try {
		if (channelId === null || ts === null) await post(database, context, approval);
		else await endMessage(database, context, { approval, message: { channelId, ts } });
	} catch (error) {
		if (error instanceof RetryableError && tries < MOST_TRIES) {
			const wait = error.retryAfterSeconds ?? secondsToWait(tries);
			await database.sql`update slack_approvals set due_at = now() + make_interval(secs => ${wait}) where id = ${id}`;
			return;
		}
		if (!(error instanceof FatalError || error instanceof RetryableError || error instanceof WeftError)) throw error;
		await giveUp(database.sql, approval, error.message);
	}
}

/** Nobody waits for a message that never comes: the run says so. */
async function giveUp(sql: Sql, approval: SlackApproval, why: string): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`update slack_approvals set closed_at = now() where id = ${approval.id}`;
		if (approval.ts === null)
			await warnOnStep(tx, approval, `It is not asked in Slack: ${why} It can be decided in Weft.`);
	});
}

async function post(database: Database, context: SlackContext, approval: SlackApproval): Promise<void> {
	const { sql } = database;
	const asked = await findAskedStep(sql, approval);
	if (!asked?.isWaiting) {
		await sql`update slack_approvals set closed_at = now() where id = ${approval.id}`;
		return;
	}
	const token = await requireToken(database, approval);
	const workspace = workspaceSchema.safeParse(await callSlack(context, { token, method: "auth.test", body: {} }));
	const posted = (await findPosted(context, token, approval)) ?? (await postOne(context, { token, approval, asked }));
	await sql`
		update slack_approvals set channel_id = ${posted.channel}, ts = ${posted.ts}, due_at = now(), tries = 0,
			workspace = ${workspace.data?.team_id ?? null}
		where id = ${approval.id}`;
}

async function requireToken(database: Database, approval: SlackApproval): Promise<string> {
	const { credential } = approval;
	const { token, signingSecret } = await openSlackApp(database, approval);
	if (token === undefined)
		throw new FatalError(`The team has no credential ${credential} with a bot’s token. Add it as a Slack app.`);
	if (signingSecret === undefined)
		throw new FatalError(
			`The credential ${credential} has no signing secret, without which no click is believed. Save it as a Slack app with both.`,
		);
	return token;
}

interface Asking {
	token: string;
	approval: SlackApproval;
	asked: AskedStep;
}

async function postOne(context: SlackContext, { token, approval, asked }: Asking) {
	const metadata = { event_type: EVENT_TYPE, event_payload: { id: approval.id } };
	const content = composeQuestion(asked, approval);
	const body = { channel: approval.channel, ...content, metadata, unfurl_links: false };
	const answer = postedSchema.safeParse(await callSlack(context, { token, method: "chat.postMessage", body }));
	if (!answer.success) throw new FatalError("Slack did not say where it posted the message.");
	return answer.data;
}

/** What an earlier try has posted, whose answer was lost; undefined where the bot may not look. */
async function findPosted(context: SlackContext, token: string, { id, tries, channel }: SlackApproval) {
	if (tries === 1) return undefined;
	const messages = await readSlackHistory(context, { token, channel, parent: undefined });
	const found = messages?.find(({ type, payload }) => type === EVENT_TYPE && payload.id === id);
	return found && { channel, ts: found.ts };
}
