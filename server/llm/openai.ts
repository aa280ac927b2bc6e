import OpenAI, { APIConnectionError, APIError } from "openai";
import { RetryableError } from "../errors";
import { estimateTokens } from "./estimate-tokens";
import { explainFailure, ownErrorIn, readRetryAfter } from "./explain-failure";
import { createOpenAiReader } from "./openai-reader";
import { toOpenAiRequest } from "./openai-request";
import { createBill } from "./prices";
import type { LlmProvider } from "./provider";
import { type ProviderSettings, TIMEOUT_MS } from "./provider-settings";
import { chooseFetch } from "./team-fetch";

const OPENAI_URL = "https://api.openai.com/v1";

/**
 * Everything that speaks OpenAI's chat wire, by OpenAI's own SDK: OpenAI, Ollama, vLLM, llama.cpp, LM Studio, OpenRouter.
 * Retries are left to the step's policy, so that each attempt is seen and counted.
 */
export function createOpenAiProvider({ apiKey, baseUrl = OPENAI_URL, ...more }: ProviderSettings): LlmProvider {
	const bill = more.bill ?? createBill();
	// The SDK insists on one; local servers look at none.
	const key = apiKey ?? "none";
	const send = chooseFetch(more, key);
	const client = new OpenAI({
		apiKey: key,
		baseURL: baseUrl,
		// Nothing but these settings counts: the SDK would read the environment for them.
		organization: null,
		project: null,
		adminAPIKey: null,
		maxRetries: 0,
		timeout: TIMEOUT_MS,
		...(send && { fetch: send }),
	});
	const { hostname } = new URL(baseUrl);
	const isOwnServer = hostname !== new URL(OPENAI_URL).hostname;
	return {
		name: "openai",
		estimate: (request, said) =>
			bill({
				provider: "openai",
				model: request.model,
				counts: estimateTokens(request, said),
				isCounted: true,
				isOwnServer,
			}),
		async complete(request, options) {
			options.signal.throwIfAborted();
			try {
				const body = toOpenAiRequest(request, hostname);
				const chunks = await client.chat.completions.create(body, { signal: options.signal });
				const reader = createOpenAiReader(request, options);
				for await (const chunk of chunks) reader.read(chunk);
				options.signal.throwIfAborted();
				return reader.end((call) => bill({ ...call, isOwnServer }));
			} catch (error) {
				options.signal.throwIfAborted();
				throw explain(error, { model: request.model, service: isOwnServer ? hostname : "OpenAI" });
			}
		},
	};
}

function explain(error: unknown, { model, service }: { model: string; service: string }) {
	const own = ownErrorIn(error);
	if (own !== undefined) return own;
	if (error instanceof APIConnectionError)
		return new RetryableError(`${service} could not be reached. Check that it runs, and its address.`, undefined, {
			cause: error,
		});
	if (!(error instanceof APIError))
		return new RetryableError(`The answer of ${service} ended in the middle.`, undefined, { cause: error });
	return explainFailure({
		...{ service, model, status: error.status, code: error.code ?? error.type },
		said: error.message.replace(/^\d{3} /, ""),
		retryAfterSeconds: readRetryAfter(error.headers?.get("retry-after")),
	});
}
