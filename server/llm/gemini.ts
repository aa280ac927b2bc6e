import { ApiError, GoogleGenAI } from "@google/genai";
import { z } from "zod";
import { RetryableError } from "../errors";
import { tryReadJson } from "../plan/values/read-json";
import { estimateTokens } from "./estimate-tokens";
import { explainFailure, ownErrorIn, readRetryAfter } from "./explain-failure";
import { createGeminiReader } from "./gemini-reader";
import { toGeminiRequest } from "./gemini-request";
import { createBill } from "./prices";
import type { LlmProvider } from "./provider";
import { type ProviderSettings, TIMEOUT_MS } from "./provider-settings";

/** Gemini, by Google's own SDK. Retries are left to the step's policy, so that each attempt is seen and counted. */
export function createGeminiProvider({ apiKey = "none", baseUrl, ...more }: ProviderSettings): LlmProvider {
	const bill = more.bill ?? createBill();
	const client = new GoogleGenAI({ apiKey, vertexai: false });
	return {
		name: "gemini",
		estimate: (request, said) =>
			bill({ provider: "gemini", model: request.model, counts: estimateTokens(request, said), isCounted: true }),
		async complete(request, options) {
			options.signal.throwIfAborted();
			// The SDK's errors have no headers.
			let retryAfter: string | null = null;
			const send: typeof fetch = async (...args) => {
				const response = await (more.fetch ?? fetch)(...args);
				retryAfter = response.headers.get("retry-after");
				return response;
			};
			const httpOptions = {
				baseUrl: baseUrl ?? "https://generativelanguage.googleapis.com",
				...{ timeout: TIMEOUT_MS, fetch: send },
			};
			try {
				const { config, ...wire } = toGeminiRequest(request);
				const chunks = await client.models.generateContentStream({
					...wire,
					config: { ...config, abortSignal: options.signal, httpOptions },
				});
				const reader = createGeminiReader(request, options);
				for await (const chunk of chunks) reader.read(chunk);
				options.signal.throwIfAborted();
				return reader.end(bill);
			} catch (error) {
				options.signal.throwIfAborted();
				throw explain(error, request.model, retryAfter);
			}
		},
	};
}

/** https://ai.google.dev/api: an error tells its wait in its details, too. */
const errorSchema = z.object({
	error: z.object({
		message: z.string().default(""),
		details: z.array(z.looseObject({ retryDelay: z.string().optional() })).default([]),
	}),
});

function explain(error: unknown, model: string, retryAfter: string | null) {
	const own = ownErrorIn(error);
	if (own !== undefined) return own;
	if (!(error instanceof ApiError)) {
		const isSent = error instanceof TypeError && error.message === "fetch failed";
		const message = isSent
			? "Gemini could not be reached. Check the network of the server."
			: "The answer of Gemini ended in the middle.";
		return new RetryableError(message, undefined, { cause: error });
	}
	const { data } = errorSchema.safeParse(tryReadJson(error.message));
	const delay = data?.error.details.map(({ retryDelay }) => /^([\d.]+)s$/.exec(retryDelay ?? "")?.[1]).find(Boolean);
	// A wrong key is a bad request to Gemini.
	const isKey = error.status === 400 && /api.?key/i.test(data?.error.message ?? "");
	return explainFailure({
		...{ service: "Gemini", model, status: isKey ? 401 : error.status, said: data?.error.message ?? "" },
		retryAfterSeconds: readRetryAfter(retryAfter ?? delay),
	});
}
