import { FatalError, RetryableError } from "../errors";
import type { OutboundInit } from "../http/outbound-fetch";
import { withLinkedAbort } from "../linked-abort";
import type { ExecuteContext } from "./execute-context";
import { decodeText, readBytes, retryAfterSeconds } from "./read-answer";

export interface Answer {
	response: Response;
	/** As many as were asked for. */
	bytes: Uint8Array;
	/** Whether there were more. */
	truncated: boolean;
}

/**
 * Sends a request by the guarded fetch and reads at most `limit` bytes of its answer. Throws `RetryableError` when the
 * connection closes early, or nothing complete comes in time; what the fetch refuses is a `FatalError`.
 */
export async function exchange(
	context: Pick<ExecuteContext, "fetch" | "signal">,
	{ url, init }: { url: string; init: OutboundInit },
	{ timeoutSeconds, limit }: { timeoutSeconds: number; limit: number },
): Promise<Answer> {
	const read = (response: Response) => readBytes(response, limit);
	const { response, answer } = await exchangeBy(context, { url, init }, { timeoutSeconds, read });
	return { response, ...answer };
}

/** The same, with an answer that is read as the caller wants it, within the same time. */
export async function exchangeBy<Read>(
	context: Pick<ExecuteContext, "fetch" | "signal">,
	{ url, init }: { url: string; init: OutboundInit },
	{ timeoutSeconds, read }: { timeoutSeconds: number; read: (response: Response) => Promise<Read> },
): Promise<{ response: Response; answer: Read }> {
	return await withTimeout(timeoutSeconds, context.signal, async (signal) => {
		const response = await context.fetch(url, { ...init, signal });
		return { response, answer: await read(response) };
	});
}

/** Turns the step's own time limit into an error that may be tried again; other aborts keep their reason. */
async function withTimeout<T>(
	seconds: number,
	outer: AbortSignal,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	let isTimedOut = false;
	try {
		return await withLinkedAbort(outer, async (controller) => {
			const timer = setTimeout(() => {
				isTimedOut = true;
				controller.abort();
			}, seconds * 1_000);
			return await work(controller.signal).finally(() => clearTimeout(timer));
		});
	} catch (error) {
		outer.throwIfAborted();
		if (isTimedOut) throw new RetryableError(`There was no complete answer within ${seconds} s.`);
		if (error instanceof FatalError || error instanceof RetryableError) throw error;
		throw new RetryableError("The connection closed in the middle of the response.", undefined, { cause: error });
	}
}

/** Asking again may help when the server was busy or broken, after as long as it says; a wrong request stays wrong. */
export function explainStatus(title: string, { response, bytes }: Pick<Answer, "response" | "bytes">) {
	const text = decodeText(bytes.subarray(0, 4_096), contentTypeOf(response)) ?? "";
	const excerpt = text.replace(/\s+/g, " ").trim().slice(0, 200);
	const message = `${title} answered ${statusOf(response)}${excerpt === "" ? "." : `: ${excerpt}`}`;
	const { status } = response;
	if (status < 500 && ![408, 425, 429].includes(status)) return new FatalError(message);
	return new RetryableError(message, retryAfterSeconds(response.headers.get("retry-after"), Date.now()));
}

export function contentTypeOf(response: Response): string {
	return response.headers.get("content-type") ?? "";
}

export function statusOf({ status, statusText }: Response): string {
	return statusText === "" ? String(status) : `${status} ${statusText}`;
}
