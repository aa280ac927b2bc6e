import Anthropic, { APIConnectionError, APIError } from "@anthropic-ai/sdk";
import { RetryableError } from "../errors";
import { fromAnthropic, toAnthropicRequest } from "./anthropic-wire";
import { estimateTokens } from "./estimate-tokens";
import { explainFailure, ownErrorIn, readRetryAfter } from "./explain-failure";
import { limitToolInput } from "./limit-tool-input";
import { type Bill, createBill } from "./prices";
import type { LlmAnswer, LlmOptions, LlmProvider, LlmRequest } from "./provider";
import { type ProviderSettings, TIMEOUT_MS } from "./provider-settings";
import { chooseFetch } from "./team-fetch";

/** Claude, by Anthropic's own SDK. Retries are left to the step's policy, so that each attempt is seen and counted. */
export function createAnthropicProvider({ apiKey = "none", baseUrl, ...more }: ProviderSettings): LlmProvider {
	const bill = more.bill ?? createBill();
	const send = chooseFetch(more, apiKey);
	const client = new Anthropic({
		apiKey,
		baseURL: baseUrl ?? "https://api.anthropic.com",
		maxRetries: 0,
		timeout: TIMEOUT_MS,
		...(send && { fetch: send }),
	});
	return {
		name: "anthropic",
		estimate: (request, said) =>
			bill({ provider: "anthropic", model: request.model, counts: estimateTokens(request, said), isCounted: true }),
		async complete(request, options) {
			options.signal.throwIfAborted();
			try {
				return await complete(client, request, { ...options, bill });
			} catch (error) {
				options.signal.throwIfAborted();
				throw explain(error, request.model);
			}
		},
	};
}

async function complete(
	client: Anthropic,
	request: LlmRequest,
	{ bill, ...options }: LlmOptions & { bill: Bill },
): Promise<LlmAnswer> {
	const stream = client.messages.stream(toAnthropicRequest(request), { signal: options.signal });
	stream.on("text", options.onToken);
	stream.on("thinking", (text) => options.onThinking?.(text));
	const calls = new Map<number, { index: number; name: string }>();
	const takeInput = limitToolInput(options);
	stream.on("streamEvent", (event) => {
		if (event.type === "content_block_start" && event.content_block.type === "tool_use")
			calls.set(event.index, { index: calls.size, name: event.content_block.name });
		if (event.type !== "content_block_delta" || event.delta.type !== "input_json_delta") return;
		const call = calls.get(event.index);
		if (call) takeInput({ ...call, text: event.delta.partial_json });
	});
	return fromAnthropic(await stream.finalMessage(), request, bill);
}

/** In the middle of an answer an error has a type, but no status: https://platform.claude.com/docs/en/api/errors */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
	invalid_request_error: 400,
	authentication_error: 401,
	billing_error: 402,
	permission_error: 403,
	not_found_error: 404,
	request_too_large: 413,
	rate_limit_error: 429,
	overloaded_error: 529,
};

function explain(error: unknown, model: string) {
	const own = ownErrorIn(error);
	if (own !== undefined) return own;
	if (error instanceof APIConnectionError)
		return new RetryableError("Anthropic could not be reached. Check the network of the server.", undefined, {
			cause: error,
		});
	if (!(error instanceof APIError))
		return new RetryableError("The answer of Anthropic ended in the middle.", undefined, { cause: error });
	return explainFailure({
		...{ service: "Anthropic", model, said: error.apiMessage ?? "" },
		status: STATUS_OF_TYPE[error.type ?? ""] ?? error.status,
		retryAfterSeconds: readRetryAfter(error.headers?.get("retry-after")),
	});
}
