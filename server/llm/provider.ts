import type { JsonObject } from "../plan/values/json";
import type { Usage } from "../runs/events";

/** An LLM service. One contract suite (`provider-contract.ts`) runs against every implementation. */
export interface LlmProvider {
	readonly name: string;
	/**
	 * Sends one prompt and streams the answer.
	 * Throws `RetryableError` (rate limits with their wait, overload, network) or `FatalError` (a wrong key, an
	 * unknown model, a refused request); an aborted `signal` rejects with its reason.
	 */
	complete(request: LlmRequest, options: LlmOptions): Promise<LlmAnswer>;
}

/** The provider of a name, with a key that is used in the place of the server's. Throws `FatalError` for one that is not set up. */
export type FindProvider = (name: string, options?: { apiKey?: string | undefined }) => LlmProvider;

export interface LlmRequest {
	model: string;
	system?: string;
	prompt: string;
	maxTokens: number;
	/** When given, the answer is JSON of this schema and arrives in `LlmAnswer.json`. */
	jsonSchema?: JsonObject;
}

export interface LlmOptions {
	signal: AbortSignal;
	onToken(text: string): void;
}

export interface LlmAnswer {
	text: string;
	json?: unknown;
	stopReason: "end" | "max_tokens" | "refusal";
	usage: Usage;
}
