import { RetryableError } from "../errors";
import type { LlmOptions } from "./provider";

const MAX_CALLS = 1_000;
const MAX_CHARACTERS = 4_000_000;

/**
 * Passes on the pieces of the input of an answer's calls. What it returns throws `RetryableError` once there are more of
 * them than any tool reads: a team may have chosen the server that sends them.
 */
export function limitToolInput({ onToolInput }: LlmOptions): NonNullable<LlmOptions["onToolInput"]> {
	let characters = 0;
	return (piece) => {
		characters += piece.text.length;
		if (piece.index >= MAX_CALLS || characters > MAX_CHARACTERS)
			throw new RetryableError(
				"The model called tools with more input than can be taken: at most 1,000 calls and 4,000,000 characters in one answer. Ask for less, or choose another model.",
			);
		if (piece.text !== "") onToolInput?.(piece);
	};
}
