import { FatalError, RetryableError } from "../../errors";
import type { Json } from "../../plan/json";
import type { Execute, ExecuteContext } from "../execute-context";
import { buildRequest } from "./build-request";
import type { HttpRequestConfig, httpRequestDefinition } from "./definition";
import { decodeText, parseBody, readBytes, retryAfterSeconds } from "./read-response";

export const executeHttpRequest: Execute<typeof httpRequestDefinition> = async (config, context) => {
	const { url, init } = buildRequest(config, context);
	// Without its query: that is where keys hide.
	const title = `${config.method} ${url.origin}${url.pathname}`;
	const startedAt = performance.now();
	const { response, bytes, truncated } = await withTimeout(config.timeoutSeconds, context.signal, async (signal) => {
		const answer = await context.fetch(url.href, { ...init, signal });
		return { response: answer, ...(await readBytes(answer, config.maxResponseBytes)) };
	});
	const durationMs = Math.round(performance.now() - startedAt);
	context.log("info", `${title} answered ${statusOf(response)}, ${bytes.length} bytes in ${durationMs} ms`);
	if (truncated) context.log("warn", `The answer was cut off after ${bytes.length} bytes, the step's limit.`);
	const text = decodeText(bytes, contentTypeOf(response));
	if (!isExpected(response.status, config)) throw explainStatus(title, response, text ?? "");
	return {
		output: {
			status: response.status,
			ok: response.ok,
			headers: Object.fromEntries(response.headers),
			body: readBody(text, { truncated, response, config, context }),
			url: response.url,
			truncated,
			durationMs,
		},
	};
};

/** Turns the step's own time limit into an error that may be tried again; other aborts keep their reason. */
async function withTimeout<T>(
	seconds: number,
	outer: AbortSignal,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const timeout = AbortSignal.timeout(seconds * 1_000);
	try {
		return await work(AbortSignal.any([outer, timeout]));
	} catch (error) {
		outer.throwIfAborted();
		if (timeout.aborted) throw new RetryableError(`There was no complete answer within ${seconds} s.`);
		if (error instanceof FatalError || error instanceof RetryableError) throw error;
		throw new RetryableError("The connection broke off in the middle of the answer.", undefined, { cause: error });
	}
}

function isExpected(status: number, { failOnStatus, expectedStatus, followRedirects }: HttpRequestConfig): boolean {
	if (!failOnStatus) return true;
	if (expectedStatus.length > 0) return expectedStatus.includes(status);
	return (status >= 200 && status < 300) || (!followRedirects && status >= 300 && status < 400);
}

/** Asking again may help when the server was busy or broken; a wrong request stays wrong. */
function explainStatus(title: string, response: Response, text: string): FatalError | RetryableError {
	const excerpt = text.replace(/\s+/g, " ").trim().slice(0, 200);
	const message = `${title} answered ${statusOf(response)}${excerpt === "" ? "." : `: ${excerpt}`}`;
	const { status } = response;
	if (status < 500 && ![408, 425, 429].includes(status)) return new FatalError(message);
	return new RetryableError(message, retryAfterSeconds(response.headers.get("retry-after"), Date.now()));
}

interface Received {
	truncated: boolean;
	response: Response;
	config: HttpRequestConfig;
	context: ExecuteContext;
}

function readBody(text: string | null, { truncated, response, config, context }: Received): Json {
	const contentType = contentTypeOf(response);
	if (text === null) {
		context.log("warn", `The answer is binary (${contentType || "of no named type"}); its content is not kept.`);
		return null;
	}
	if (truncated && config.parse === "json") {
		throw new FatalError(
			`The answer is larger than ${config.maxResponseBytes} bytes. Raise the largest answer, or ask for less.`,
		);
	}
	return truncated || text === "" ? text : parseBody(text, { parse: config.parse, contentType });
}

function contentTypeOf(response: Response): string {
	return response.headers.get("content-type") ?? "";
}

function statusOf({ status, statusText }: Response): string {
	return statusText === "" ? String(status) : `${status} ${statusText}`;
}
