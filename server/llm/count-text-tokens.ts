/** Roughly what tokenizers make of English text. */
export const CHARACTERS_PER_TOKEN = 4;

/** About as many tokens as a text is long. */
export function countTextTokens(text: string): number {
	return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
