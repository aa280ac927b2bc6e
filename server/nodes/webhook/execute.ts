import { Webhook } from "standardwebhooks";
import { FatalError } from "../../errors";
import { exchange, explainStatus, statusOf } from "../exchange";
import type { Execute } from "../execute-context";
import type { webhookDefinition } from "./definition";

/** What is read of an answer, of which only its status matters. */
const MAX_ANSWER_BYTES = 64_000;

/**
 * Sends a payload as https://www.standardwebhooks.com describes it. Every attempt has the same id, by which the receiver
 * knows what it has taken already; the timestamp and the signature are those of the attempt.
 */
export const executeWebhook: Execute<typeof webhookDefinition> = async (config, context) => {
	const { url, event, data, secret, timeoutSeconds } = config;
	const id = ["msg", context.run.id, context.node.id, context.iteration].filter((part) => part !== "").join("_");
	const at = new Date();
	const body = JSON.stringify({ type: event, timestamp: at.toISOString(), data });
	const headers = new Headers({
		"content-type": "application/json",
		"user-agent": "Weft",
		"webhook-id": id,
		"webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
	});
	if (secret !== undefined) headers.set("webhook-signature", signerOf(secret).sign(id, at, body));
	const init = { method: "POST", headers, body, redirect: "manual" as const };
	const answer = await exchange(context, { url, init }, { timeoutSeconds, limit: MAX_ANSWER_BYTES });
	const { status } = answer.response;
	const title = `POST ${new URL(url).origin}${new URL(url).pathname}`;
	context.log("info", `${title} answered ${statusOf(answer.response)}`);
	if (status < 200 || status >= 300) throw explainStatus(title, answer);
	return { output: { id, status } };
};

function signerOf(secret: string): Webhook {
	try {
		return new Webhook(secret.trim());
	} catch {
		throw new FatalError("The signing secret is not Base64. It is what the receiver shows, mostly after whsec_.");
	}
}
