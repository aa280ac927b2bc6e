import type { JsonObject } from "../plan/values/json";
import type { Usage } from "../runs/events";
import type { AssistantMessage, LlmMessage } from "./messages";

/** An LLM service. One contract suite (`provider-contract.ts`) runs against every implementation. */
export interface LlmProvider {
	readonly name: string;
	/** Whether it asks an address that the administrator has set up, whoever's key it sends there. */
	readonly isServerAddress?: boolean;
	/**
	 * Sends a conversation and streams the answer. Every call is one attempt: retries are the caller's.
	 * Throws `RetryableError` (rate limits with their wait, overload, network, an answer that broke off),
	 * `ContextOverflowError`, or another `FatalError` (a wrong key, an unknown model, a refused request); an aborted `signal`
	 * rejects with its reason.
	 */
	complete(request: LlmRequest, options: LlmOptions): Promise<LlmAnswer>;
	/** What a call may have cost of whose answer only this has come; undefined where calls cost nothing. */
	estimate?(request: LlmRequest, said: string): Usage;
}

/** The provider of a name. Throws `FatalError` for one that is not set up. */
export type FindProvider = (name: string, options?: ProviderOptions) => LlmProvider;

interface ProviderOptions {
	/** Used in the place of the server's. */
	apiKey?: string | undefined;
	/** Asked right before each call that may cost something, when it has waited for its turn: what it throws ends the call. */
	admit?: (() => Promise<void>) | undefined;
	/** Told what a call may have cost whose answer was cut off or stopped. */
	keepCut?: ((usage: Usage) => void) | undefined;
}

export interface LlmRequest {
	model: string;
	system?: string | undefined;
	/** Begins and ends with a message that is not the assistant's; each call of a tool is answered by the message after it. */
	messages: readonly LlmMessage[];
	/** Limit of the answer in tokens, thinking included. */
	maxTokens: number;
	/** Several may be called in one answer. */
	tools?: readonly LlmTool[] | undefined;
	/** `auto` without it: the model decides. `required`: some tool, or the named one. */
	toolChoice?: "auto" | "none" | "required" | { tool: string } | undefined;
	/** When given, the answer is JSON of this schema and arrives in `LlmAnswer.json`, unless it calls tools. */
	jsonSchema?: JsonObject | undefined;
	/** Marks all of this request as the beginning of later ones, so that a provider that caches on demand keeps it. */
	cache?: boolean | undefined;
}

export interface LlmTool {
	/** Of letters, digits, `_` and `-`, at most 64. */
	name: string;
	description: string;
	/** A JSON schema of type `object`. */
	inputSchema: JsonObject;
}

export interface LlmOptions {
	signal: AbortSignal;
	/** A piece of the answer's text. */
	onToken(text: string): void;
	/** A piece of its thinking, which is no part of the text. */
	onThinking?(text: string): void;
	/** A piece of the input of the call of this index, as JSON text, or all of it at once. */
	onToolInput?(piece: { index: number; name: string; text: string }): void;
}

export interface LlmAnswer {
	/** To be appended to the conversation as it is. */
	message: AssistantMessage;
	/** Empty where the model does not think, or keeps it to itself. */
	thinking: string;
	/** Undefined without a schema, and for an answer that is no whole JSON text. */
	json?: unknown;
	/** `context_full`: the answer was cut off because the context window was full, before `maxTokens` was reached. */
	stopReason: StopReason;
	usage: Usage;
}

export const STOP_REASONS = ["end", "tool_calls", "max_tokens", "context_full", "refusal"] as const;
type StopReason = (typeof STOP_REASONS)[number];
