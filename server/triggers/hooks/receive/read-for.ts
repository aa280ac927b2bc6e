import type { Receiver } from "../hook-kind";
import type { HookEvent } from "../settings/hook-event";
import { secretHeaders, verifyRequest } from "../signatures/verify-request";
import { parseEvent, UnreadableBody } from "./parse-event";
import type { HookRequest } from "./read-body";

export interface Refusal {
	status: number;
	reason: string;
}

interface Arrived {
	request: HookRequest;
	bytes: Buffer;
	receivedAt: number;
}

/** Why a request is not what a receiver asks for; undefined for one that is. */
export function refuseFor(
	{ reception, secrets }: Receiver,
	{ request, bytes, receivedAt }: Arrived,
): Refusal | undefined {
	const { headers, method } = request;
	if (!reception.methods.some((allowed) => allowed === method))
		return { status: 405, reason: `It does not take ${method}.` };
	if (bytes.length > reception.maxMegabytes * 1_000_000)
		return { status: 413, reason: `Its body is larger than ${reception.maxMegabytes} MB.` };
	const reason = verifyRequest(reception.signature, { headers, body: bytes, now: receivedAt }, secrets);
	return reason === undefined ? undefined : { status: 401, reason };
}

/** What a request brings, without the headers that hold secrets of these; a text says why its body cannot be read. */
export async function readEvent(
	request: HookRequest,
	bytes: Buffer,
	receivers: readonly Receiver[],
): Promise<HookEvent | string> {
	const { method, url, headers } = request;
	const secret = receivers.flatMap(({ reception }) => secretHeaders(reception.signature));
	try {
		return await parseEvent({ method, url, headers, bytes }, secret);
	} catch (error) {
		if (error instanceof UnreadableBody) return error.message;
		throw error;
	}
}
