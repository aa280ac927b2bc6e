import type { Database } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import { logger } from "@/server/observability/logger";
import { noteProblem } from "../../test-events/take-test";
import type { HookTrigger, Receiver, WaitingTest } from "../hook-kind";
import type { HookEvent } from "../settings/hook-event";
import { answerOptions, withOrigin } from "./allow-origin";
import { answerAll, answerTests, refuse } from "./answer";
import { answerWithOutput } from "./answer-with-output";
import { loadHook } from "./load-hook";

import { UnreadableBody } from "./parse-event";
import { type HookRequest, readBody } from "./read-body";
import { type Refusal, readEvent, refuseFor } from "./read-for";
import { receiveForTests } from "./receive-for-tests";

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
export async function receiveRequest(database: Database, request: HookRequest, token: string): Promise<Response> {
	const receivedAt = Date.now();
	try {
		const { triggers, tests } = await withinDeadline(loadHook(database, token));
		// What a draft would take changes nothing of how published triggers answer.
		const answering = triggers.length > 0 ? triggers : tests;
		if (answering.length === 0) return await answerUnknown(request);
		const preflight = answerOptions(request, answering);
		if (preflight) return preflight;
		return withOrigin(await receive(database, { request, triggers, tests, receivedAt }), request, answering);
	} catch (error) {
		log.error({ err: error }, "A request to a webhook could not be persisted");
		return refuse(503, "It could not be persisted. Send it again.", { "retry-after": "5" });
	}
}

async function answerUnknown({ headers }: HookRequest): Promise<Response> {
	const isGuessing = !(await isWithinMinute("guesses", clientAddress(headers)));
	if (isGuessing) return refuse(429, "Too many requests to addresses that nobody knows.", { "retry-after": "60" });
	return refuse(404, "There is nothing at this address.");
}

interface Arrived {
	request: HookRequest;
	triggers: readonly HookTrigger[];
	tests: readonly WaitingTest[];
	receivedAt: number;
}

async function receive(database: Database, arrived: Arrived): Promise<Response> {
	const { request, triggers, tests } = arrived;
	const most = Math.max(...[...triggers, ...tests].map(({ reception }) => reception.maxMegabytes)) * 1_000_000;
	const { bytes, refused, free } = await readBody(request, most);
	try {
		if (!refused) return await receiveBody(database, { ...arrived, bytes });
		await Promise.all([
			...triggers.map((trigger) => recordRefusal(database, { ...arrived, trigger, reason: refused.reason })),
			...tests.map((test) => noteProblem(database, test, refused.reason)),
		]);
		return refuse(refused.status, refused.reason, { connection: "close" });
	} finally {
		free();
	}
}

async function receiveBody(database: Database, arrived: Arrived & { bytes: Buffer }): Promise<Response> {
	const { triggers, tests, request, bytes } = arrived;
	const verified = triggers.map((trigger) => ({ trigger, refused: refuseFor(trigger, arrived) }));
	const right = verified.flatMap(({ trigger, refused }) => (refused === undefined ? [trigger] : []));
	const challenge = findChallenge([...right, ...tests.filter((test) => refuseFor(test, arrived) === undefined)], bytes);
	if (challenge !== undefined) return new Response(challenge, { headers: { "content-type": "text/plain" } });
	if (triggers.length === 0) return answerTests(await withinDeadline(receiveForTests(database, arrived)));
	const event = right.length > 0 ? await readEvent(request, bytes, triggers) : undefined;
	const [answers] = await withinDeadline(
		Promise.all([
			Promise.all(verified.map((each) => answerOne(database, { ...arrived, ...each, event }))),
			receiveForTests(database, arrived).catch((err) => log.warn({ err }, "A test event could not be pinned")),
		]),
	);
	const [only] = answers;
	const waits = only?.delivered[0]?.run && answers.length === 1 && only.trigger.reception.answer === "output";
	return waits ? await answerWithOutput(database, only) : answerAll(answers);
}

function findChallenge(right: readonly Receiver[], bytes: Buffer): string | undefined {
	return right.map(({ kind, config }) => kind.challenge?.(config, bytes)).find((challenge) => challenge !== undefined);
}

interface One extends Arrived {
	trigger: HookTrigger;
	bytes: Buffer;
	refused: Refusal | undefined;
	event: HookEvent | string | undefined;
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
