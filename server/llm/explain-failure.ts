import { ContextOverflowError, FatalError, RetryableError } from "../errors";

interface Failure {
	/** The provider as a person knows it. */
	service: string;
	model: string;
	/** Undefined for an error in the middle of an answer. */
	status: number | undefined;
	/** What the service said of it, in words and by a code. */
	said: string;
	code?: string | undefined;
	retryAfterSeconds?: number | undefined;
}

const OVERFLOW =
	/context.?(length|window|size)|maximum context|prompt is too long|exceeds? the (maximum|available)|input token count/i;
const MAX_SAID = 300;

/** What a failed request means for the person and for the retry policy. */
export function explainFailure(failure: Failure): FatalError | RetryableError {
	const { service, model, status = 0, said, code = "", retryAfterSeconds } = failure;
	const quote = said === "" ? "" : ` It said: ${said.slice(0, MAX_SAID)}`;
	if (status === 413 || code === "context_length_exceeded" || (status === 400 && OVERFLOW.test(said)))
		return new ContextOverflowError(`The prompt is longer than ${model} can read. Send less of it.${quote}`);
	if (status === 401)
		return new FatalError(`${service} refused the key. Check the credential of the step, or the key of the server.`);
	if (status === 402 || code === "insufficient_quota")
		return new FatalError(`${service} refused for reasons of billing. Check the account of the key.${quote}`);
	if (status === 403)
		return new FatalError(`The key may not use ${model}. Choose another model, or another key.${quote}`);
	if (status === 404)
		return new FatalError(`${service} has no model called ${model}. Check the model of this step.${quote}`);
	if (status === 429) return new RetryableError(`The rate limit of ${service} is reached.`, retryAfterSeconds);
	if (status === 503 || status === 529)
		return new RetryableError(`${service} is overloaded just now.`, retryAfterSeconds);
	if (status === 408 || status === 409 || status >= 500 || status === 0)
		return new RetryableError(
			`${service} failed${status === 0 ? "" : ` with status ${status}`}.${quote}`,
			retryAfterSeconds,
		);
	return new FatalError(`${service} refused the request.${quote}`);
}

/** Seconds, or the moment of an HTTP date, from now; undefined for anything else. */
export function readRetryAfter(header: string | null | undefined): number | undefined {
	if (!header) return undefined;
	const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
	return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** The error of ours at the root of one that an SDK has wrapped, such as an address that the guarded fetch refused. */
export function ownErrorIn(error: unknown): FatalError | RetryableError | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if (cause instanceof FatalError || cause instanceof RetryableError) return cause;
	return undefined;
}
