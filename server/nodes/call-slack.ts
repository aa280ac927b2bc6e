import { z } from "zod";
import { FatalError, RetryableError } from "../errors";
import { exchange, explainStatus } from "./exchange";
import type { ExecuteContext } from "./execute-context";
import { decodeText, retryAfterSeconds } from "./read-answer";

const API = "https://slack.com/api/";
const TIMEOUT_SECONDS = 30;
const MAX_ANSWER_BYTES = 2_000_000;

/** What Slack’s codes mean for the person, with the next step. */
const REASONS: Readonly<Record<string, string>> = {
	channel_not_found:
		"Slack knows no such channel, or the bot may not see it. Check its name, and invite the bot to it.",
	not_in_channel: "The bot is not in the channel. Invite it there: /invite @bot.",
	is_archived: "The channel is archived. Choose another one.",
	invalid_auth: "Slack does not take the token. Check the credential: a bot’s token begins with xoxb-.",
	not_authed: "Slack got no token. Check the credential.",
	account_inactive: "The token’s bot was removed from Slack. Install the app again, and replace the credential.",
	token_revoked: "The token was revoked. Install the app again, and replace the credential.",
	token_expired: "The token has expired. Replace the credential.",
	missing_scope:
		"The bot may not do this. Give the app the scopes chat:write and, for files, files:write, and install it again.",
	msg_too_long: "Slack finds the text too long. Shorten it.",
	no_text: "Slack found no text to post. Check what the step posts.",
	message_not_found: "Slack knows no such message in this channel. Name the channel by its id.",
	cant_update_message: "The bot may change its own messages only.",
	restricted_action: "The rules of this Slack forbid the bot to post there. Ask an admin of it.",
};
/** What may pass by itself. */
const PASSING = new Set([
	"ratelimited",
	"rate_limited",
	"internal_error",
	"fatal_error",
	"service_unavailable",
	"request_timeout",
]);

const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().max(200).optional() });
export type SlackAnswer = z.infer<typeof answerSchema>;

export type SlackContext = Pick<ExecuteContext, "fetch" | "signal" | "readJson">;

export interface SlackRequest {
	token: string;
	method: string;
	body: object;
	/** Codes that are an answer, not a failure. */
	expected?: readonly string[];
}

/** Calls a method of Slack’s Web API. Throws `RetryableError` for what may pass, after as long as Slack says, else `FatalError`. */
export async function callSlack(context: SlackContext, request: SlackRequest): Promise<SlackAnswer> {
	const { token, method, body, expected = [] } = request;
	const headers = { authorization: `Bearer ${token}` };
	// Form fields, as Slack's own client sends them: its reading methods take no JSON.
	const fields = Object.entries(body).map(([name, value]) => [
		name,
		typeof value === "string" ? value : JSON.stringify(value),
	]);
	const init = { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" as const };
	const answer = await exchange(
		context,
		{ url: `${API}${method}`, init },
		{ timeoutSeconds: TIMEOUT_SECONDS, limit: MAX_ANSWER_BYTES },
	);
	if (answer.response.status !== 200) throw explainStatus("Slack", answer);
	const read = answerSchema.safeParse(await readAnswer(context, decodeText(answer.bytes, "") ?? ""));
	if (!read.success) throw new RetryableError("Slack answered with something else than it should.");
	const { ok, error = "unknown_error" } = read.data;
	if (ok || expected.includes(error)) return read.data;
	const message = REASONS[error] ?? `Slack refused: ${error}.`;
	if (!PASSING.has(error)) throw new FatalError(message);
	throw new RetryableError(message, retryAfterSeconds(answer.response.headers.get("retry-after"), Date.now()));
}

async function readAnswer({ readJson }: SlackContext, text: string): Promise<unknown> {
	return await readJson(text).catch(() => undefined);
}

/** Posts by an incoming webhook, which answers `ok` and nothing else. */
export async function postByWebhook(context: SlackContext, url: string, body: object): Promise<void> {
	const headers = { "content-type": "application/json" };
	const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" as const };
	const answer = await exchange(context, { url, init }, { timeoutSeconds: TIMEOUT_SECONDS, limit: 64_000 });
	if (answer.response.status !== 200) throw explainStatus("Slack", answer);
}
