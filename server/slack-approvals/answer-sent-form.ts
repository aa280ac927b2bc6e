import type { Database } from "@/db/client";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import { findAskedStep } from "@/server/runs/read/asked-step";
import { blockOf, readForm } from "./answer-form";
import { endMessage } from "./change-message";
import { decideInSlack } from "./decide-in-slack";
import type { SentForm } from "./interaction";
import { openSlackApp, slackContext } from "./slack-app";
import type { SlackApproval } from "./slack-approval";
import { identify } from "./slack-person";

/** Slack waits three seconds for what comes of a form. */
const TIMEOUT_MS = 2_000;
const LATER_MS = 20_000;
const FIRST = blockOf(0);

interface Sent {
	approval: SlackApproval;
	form: SentForm;
	fetch: OutboundFetch;
	later(work: () => Promise<void>): void;
}

/** Decides by a form that was sent: closes it, or says beside its fields what is wrong. */
export async function answerForm(database: Database, { approval, form, fetch, later }: Sent): Promise<Response> {
	const problems = await tryToDecide(database, { approval, form, fetch });
	const { channelId, ts } = approval;
	if (channelId !== null && ts !== null)
		later(() => endMessage(database, slackContext(fetch, LATER_MS), { approval, message: { channelId, ts } }));
	if (problems === undefined) return Response.json({ response_action: "clear" });
	return Response.json({ response_action: "errors", errors: problems });
}

/** What is wrong, by block; undefined once it is decided. */
async function tryToDecide(
	database: Database,
	{ approval, form, fetch }: Omit<Sent, "later">,
): Promise<Record<string, string> | undefined> {
	const { decision, user } = form;
	const fields = (await findAskedStep(database.sql, approval))?.question.fields ?? [];
	const blocks = new Map(fields.map(({ name }, index) => [name, blockOf(index)]));
	const byBlock = (wrong: (readonly [string, string])[]) =>
		Object.fromEntries(wrong.map(([field, message]) => [blocks.get(field) ?? FIRST, message]));
	const { values, problems } = readForm(fields, form.state);
	if (decision === "approved" && Object.keys(problems).length > 0) return byBlock(Object.entries(problems));
	try {
		const context = slackContext(fetch, TIMEOUT_MS);
		const { token = "" } = await openSlackApp(database, approval);
		const person = await identify(context, { token, approval }, user);
		await decideInSlack(database, approval, { person, decision, values });
		return undefined;
	} catch (error) {
		if (error instanceof DOMException) return { [FIRST]: "Slack did not say in time who you are. Send it once more." };
		if (error instanceof FatalError || error instanceof RetryableError) return { [FIRST]: error.message };
		if (!(error instanceof WeftError)) throw error;
		const issues = (error.details.issues ?? []).map(({ field = "", message }) => [field, message] as const);
		return issues.length > 0 ? byBlock(issues) : { [FIRST]: error.message };
	}
}
