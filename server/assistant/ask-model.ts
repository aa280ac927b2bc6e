import { setTimeout as wait } from "node:timers/promises";
import { RetryableError } from "@/server/errors";
import type { LlmMessage } from "@/server/llm/messages";
import type { LlmAnswer, LlmProvider } from "@/server/llm/provider";
import type { Asking } from "./news";
import { type AnswerPart, createAnswerReader } from "./read-answer";

/** Which model, of a provider that keeps what its calls cost. */
export interface AskedModel {
	provider: LlmProvider;
	model: string;
}

interface Question {
	system: string;
	messages: readonly LlmMessage[];
	maxTokens: number;
}

/** An answer that has not begun is asked for again; one that was cut off is not: half of it has been seen. */
const MAX_RETRIES = 2;
/** Longer than this nobody waits in front of a screen. */
const MAX_WAIT_SECONDS = 20;

/** Asks once, reads the answer while it comes, and tells what it cost. Throws what the provider throws. */
export async function askModel(
	{ provider, model }: AskedModel,
	question: Question,
	{ tell, signal, take }: Asking & { take(part: AnswerPart): void },
): Promise<LlmAnswer> {
	const reader = createAnswerReader(take);
	let hasBegun = false;
	const onToken = (piece: string) => {
		hasBegun = true;
		reader.feed(piece);
	};
	for (let retries = 0; ; retries++)
		try {
			const answer = await provider.complete({ ...question, model, cache: true }, { signal, onToken });
			reader.end();
			const { usage } = answer;
			tell({ type: "cost", model: usage.model, costUsd: usage.costUsd, estimated: usage.estimated });
			return answer;
		} catch (error) {
			if (!(error instanceof RetryableError) || hasBegun || retries >= MAX_RETRIES) throw error;
			const seconds = error.retryAfterSeconds ?? 2 ** retries;
			if (seconds > MAX_WAIT_SECONDS) throw error;
			await wait(seconds * 1_000, undefined, { signal }).catch(() => signal.throwIfAborted());
		}
}
