import type { Database } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import { logger } from "@/server/observability/logger";
import type { HookTrigger } from "../hook-kind";
import type { HookEvent } from "../settings/hook-event";
import { secretHeaders, verifyRequest } from "../signatures/verify-request";
import { answerOptions, withOrigin } from "./allow-origin";
import { answerAll, refuse } from "./answer";
import { answerWithOutput } from "./answer-with-output";
import { loadHook } from "./load-hook";
import { parseEvent, UnreadableBody } from "./parse-event";
import { readBody } from "./read-body";
import { recordRefusal } from "./record-refusal";
import { type Answered, startFrom } from "./start-from";
import { isWithinMinute } from "./use-limit";

const log = logger.child({ part: "hooks" });

/** Senders wait for seconds; a database that does not answer by then is as good as none. */
const DEADLINE_MS = 9_000;

/**
 * Answers a request to an address of triggers. What is answered with 2xx is persisted: a delivery for each trigger, with
 * the run that it has started. When that cannot be done the answer is 503, and the sender sends it again.
 */
export async function receiveRequest(database: Database, request: Request, token: string): Promise<Response> {
	const receivedAt = Date.now();
	try {
		const triggers = await withinDeadline(loadHook(database, token));
		if (triggers.length === 0) return await answerUnknown(request);
		const preflight = answerOptions(request, triggers);
		if (preflight) return preflight;
		return withOrigin(await receive(database, { request, triggers, receivedAt }), request, triggers);
	} catch (error) {
		log.error({ err: error }, "A request to a webhook could not be persisted");
		return refuse(503, "It could not be persisted. Send it again.", { "retry-after": "5" });
	}
}

async function answerUnknown({ headers }: Request): Promise<Response> {
	const isGuessing = !(await isWithinMinute("guesses", clientAddress(headers)));
	if (isGuessing) return refuse(429, "Too many requests to addresses that nobody knows.", { "retry-after": "60" });
	return refuse(404, "There is nothing at this address.");
}

interface Arrived {
	request: Request;
	triggers: readonly HookTrigger[];
	receivedAt: number;
}

async function receive(database: Database, arrived: Arrived): Promise<Response> {
	const { request, triggers } = arrived;
	const most = Math.max(...triggers.map(({ reception }) => reception.maxMegabytes)) * 1_000_000;
	const { bytes, refused, free } = await readBody(request, most);
	try {
		if (!refused) return await receiveBody(database, { ...arrived, bytes });
		await Promise.all(
			triggers.map((trigger) => recordRefusal(database, { ...arrived, trigger, reason: refused.reason })),
		);
		return refuse(refused.status, refused.reason, { connection: "close" });
	} finally {
		free();
	}
}

async function receiveBody(database: Database, arrived: Arrived & { bytes: Buffer }): Promise<Response> {
	const { triggers, request, bytes } = arrived;
	const verified = triggers.map((trigger) => ({ trigger, refused: refuseFor(trigger, arrived) }));
	const challenge = findChallenge(verified, bytes);
	if (challenge !== undefined) return new Response(challenge, { headers: { "content-type": "text/plain" } });
	const isAnyRight = verified.some(({ refused }) => refused === undefined);
	const event = isAnyRight ? await readEvent(request, bytes, triggers) : undefined;
	const answers = await withinDeadline(
		Promise.all(verified.map((each) => answerOne(database, { ...arrived, ...each, event }))),
	);
	const [only] = answers;
	const waits = only?.delivered[0]?.run && answers.length === 1 && only.trigger.reception.answer === "output";
	return waits ? await answerWithOutput(database, only) : answerAll(answers);
}

function findChallenge(
	verified: readonly { trigger: HookTrigger; refused: unknown }[],
	bytes: Buffer,
): string | undefined {
	const right = verified.filter(({ refused }) => refused === undefined);
	return right
		.map(({ trigger: { kind, config } }) => kind.challenge?.(config, bytes))
		.find((challenge) => challenge !== undefined);
}

interface One extends Arrived {
	trigger: HookTrigger;
	bytes: Buffer;
	refused: Refusal | undefined;
	event: HookEvent | string | undefined;
}

interface Refusal {
	status: number;
	reason: string;
}

function refuseFor(
	{ reception, secrets }: HookTrigger,
	{ request, bytes, receivedAt }: Arrived & { bytes: Buffer },
): Refusal | undefined {
	const { headers, method } = request;
	if (!reception.methods.some((allowed) => allowed === method))
		return { status: 405, reason: `It does not take ${method}.` };
	if (bytes.length > reception.maxMegabytes * 1_000_000)
		return { status: 413, reason: `Its body is larger than ${reception.maxMegabytes} MB.` };
	const reason = verifyRequest(reception.signature, { headers, body: bytes, now: receivedAt }, secrets);
	return reason === undefined ? undefined : { status: 401, reason };
}

async function answerOne(database: Database, { event, refused, ...one }: One): Promise<Answered> {
	const { trigger } = one;
	const refusal = refused ?? (typeof event === "object" ? undefined : { status: 400, reason: event ?? "" });
	if (refusal === undefined && typeof event === "object") {
		const answered = await startFrom(database, { ...one, event }).catch(unreadable);
		if (typeof answered === "object") return answered;
		await recordRefusal(database, { ...one, reason: answered });
		return { trigger, status: 400, delivered: [] };
	}
	await recordRefusal(database, { ...one, reason: refusal?.reason ?? "" });
	return { trigger, status: refusal?.status ?? 400, delivered: [] };
}

/** What a kind of trigger cannot make out of a body is the sender's mistake. */
function unreadable(error: unknown): string {
	if (error instanceof UnreadableBody) return error.message;
	throw error;
}

/** A text says why the body cannot be read. */
async function readEvent(
	request: Request,
	bytes: Buffer,
	triggers: readonly HookTrigger[],
): Promise<HookEvent | string> {
	const { method, url, headers } = request;
	const secret = triggers.flatMap(({ reception }) => secretHeaders(reception.signature));
	try {
		return await parseEvent({ method, url, headers, bytes }, secret);
	} catch (error) {
		if (error instanceof UnreadableBody) return error.message;
		throw error;
	}
}

async function withinDeadline<Value>(work: Promise<Value>): Promise<Value> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("The database did not answer in time.")), DEADLINE_MS);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
