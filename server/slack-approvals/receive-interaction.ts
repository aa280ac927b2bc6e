import { RateLimiterRes } from "rate-limiter-flexible";
import type { Database, Db } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import type { OutboundFetch } from "@/server/http/outbound-fetch";
import { logger } from "@/server/observability/logger";
import { sharedLimiter } from "@/server/rate-limit";
import { readBody } from "@/server/triggers/hooks/receive/read-body";
import { isWithinMinute } from "@/server/triggers/hooks/receive/use-limit";
import { signatureSettingsSchema } from "@/server/triggers/hooks/settings/signature-settings";
import { TOLERANCE_SECONDS } from "@/server/triggers/hooks/signatures/signed-request";
import { verifyRequest } from "@/server/triggers/hooks/signatures/verify-request";
import { answerClick } from "./answer-click";
import { answerForm } from "./answer-sent-form";
import { readInteraction } from "./interaction";
import { openSlackApp, slackFetch } from "./slack-app";
import { findSlackApproval, type SlackApproval } from "./slack-approval";

const log = logger.child({ part: "slack" });

/** A dialog with all that fits into it. */
const MAX_BYTES = 1_000_000;
const SLACK = signatureSettingsSchema.parse({ preset: "slack" });

export interface Reception {
	/** Does the work once the answer is out: Slack waits three seconds for that, and for nothing else. */
	later(work: () => Promise<void>): void;
	fetch?: OutboundFetch;
	/** In ms since 1970. */
	now?: number;
}

/**
 * Answers what Slack sends when somebody clicks a button of an approval, or sends its form. Whose it is stands in the body;
 * that is believed once the signing secret of the team's own credential has signed it.
 */
export async function receiveInteraction(
	database: Database,
	request: Request,
	{ later, fetch = slackFetch(), now = Date.now() }: Reception,
): Promise<Response> {
	const read = await readBody(request, MAX_BYTES);
	try {
		if (read.refused) return new Response(read.refused.reason, { status: read.refused.status });
		return await receive(database, { request, bytes: read.bytes, later: guarded(later), fetch, now });
	} catch (error) {
		log.error({ err: error }, "What somebody did in Slack could not be looked at");
		return new Response("It could not be looked at. Do it once more.", { status: 503 });
	} finally {
		read.free();
	}
}

interface Received extends Required<Reception> {
	request: Request;
	bytes: Buffer;
}

async function receive(database: Database, { request, bytes, later, fetch, now }: Received): Promise<Response> {
	const interaction = readInteraction(bytes);
	if (interaction === undefined) return await answerUnknown(request);
	const approval = await findSlackApproval(database.sql, interaction.id);
	if (approval === undefined) return await answerUnknown(request);
	const refused = await refusalOf(database, approval, { headers: request.headers, body: bytes, now });
	if (refused !== undefined) return new Response(refused, { status: 401 });
	if (interaction.kind === "form") return await answerForm(database, { approval, form: interaction, fetch, later });
	later(() => answerClick(database, { approval, click: interaction, fetch }));
	return new Response(null, { status: 200 });
}

/** Why a request is refused: not signed by that team's app, too old, or a copy of one that came before. */
async function refusalOf(
	database: Database,
	approval: SlackApproval,
	request: Parameters<typeof verifyRequest>[1],
): Promise<string | undefined> {
	const { signingSecret = "" } = await openSlackApp(database, approval);
	const refused = verifyRequest(SLACK, request, [signingSecret]);
	if (refused !== undefined) return refused;
	const signature = request.headers.get("x-slack-signature") ?? "";
	return (await isFirst(database.db, signature)) ? undefined : "It was sent before.";
}

/** Every request has a signature of its own: its time, and what was clicked when, are signed. */
async function isFirst(db: Db, signature: string): Promise<boolean> {
	try {
		await sharedLimiter(db, "slack-requests", { points: 1, duration: 2 * TOLERANCE_SECONDS }).consume(signature);
		return true;
	} catch (error) {
		if (error instanceof RateLimiterRes) return false;
		throw error;
	}
}

async function answerUnknown({ headers }: Request): Promise<Response> {
	if (!(await isWithinMinute("guesses", clientAddress(headers))))
		return new Response("Too many requests about what nobody knows.", { status: 429 });
	return new Response("There is no such approval.", { status: 404 });
}

function guarded(later: Reception["later"]): Reception["later"] {
	return (work) =>
		later(async () => {
			try {
				await work();
			} catch (error) {
				log.warn({ err: error }, "What somebody did in Slack could not be finished");
			}
		});
}
