import { AnthropicError, APIConnectionError, APIError } from "@anthropic-ai/sdk";
import { ContextOverflowError, FatalError, RetryableError } from "../errors";
import { ownErrorIn, readRetryAfter } from "./explain-failure";

/**
 * What a failed request means for the person and for the retry policy. Errors that arrive in the middle of a stream have
 * a type but no status (https://platform.claude.com/docs/en/api/errors).
 */
export function explainAnthropicError(error: unknown, model: string): FatalError | RetryableError {
	const own = ownErrorIn(error);
	if (own !== undefined) return own;
	if (error instanceof APIConnectionError) {
		return new RetryableError("Anthropic could not be reached. Check the network of the server.", undefined, {
			cause: error,
		});
	}
	if (error instanceof APIError) return explainAnswer(error, model);
	if (error instanceof AnthropicError) {
		return new RetryableError("The answer of Anthropic ended in the middle.", undefined, { cause: error });
	}
	return new RetryableError("The request to Anthropic failed.", undefined, { cause: error });
}

function explainAnswer(error: APIError, model: string): FatalError | RetryableError {
	const said = error.apiMessage === null ? "" : ` It said: ${error.apiMessage}`;
	if (error.status === 413) return new ContextOverflowError("The prompt is too large for Anthropic. Send less of it.");
	switch (error.type ?? typeOfStatus(error.status)) {
		case "authentication_error":
			return new FatalError(
				"Anthropic refused the key. Check the credential of the step, or ANTHROPIC_API_KEY on the server.",
			);
		case "permission_error":
			return new FatalError(`The key may not use ${model}. Choose another model, or another key.${said}`);
		case "billing_error":
			return new FatalError(`Anthropic refused for reasons of billing. Check the account of the key.${said}`);
		case "not_found_error":
			return new FatalError(`Anthropic has no model called ${model}. Check the model of this step.`);
		case "invalid_request_error":
			if (/prompt is too long/i.test(said))
				return new ContextOverflowError(`The prompt is longer than ${model} can read. Send less of it.${said}`);
			return new FatalError(`Anthropic refused the request.${said}`);
		case "rate_limit_error":
			return new RetryableError("Anthropic's rate limit is reached.", retryAfter(error));
		case "overloaded_error":
			return new RetryableError("Anthropic is overloaded just now.", retryAfter(error));
		default:
			return new RetryableError(`Anthropic failed with status ${error.status ?? "unknown"}.${said}`, retryAfter(error));
	}
}

/** A proxy in between may answer without Anthropic's error body. */
function typeOfStatus(status: number | undefined): APIError["type"] {
	if (status === 400) return "invalid_request_error";
	if (status === 401) return "authentication_error";
	if (status === 403) return "permission_error";
	if (status === 404) return "not_found_error";
	if (status === 429) return "rate_limit_error";
	return status === 529 ? "overloaded_error" : null;
}

function retryAfter({ headers }: APIError): number | undefined {
	return readRetryAfter(headers?.get("retry-after"));
}
