/** What a text block of Slack holds, in characters. */
const BLOCK = 3_000;
/** Blocks of one message, so that it stays below what Slack takes of a whole one. */
const BLOCKS = 10;

/**
 * A text as the blocks of one message and of those that go on in its thread. It is cut at the ends of lines where that is
 * possible, never inside a character.
 */
export function splitText(text: string): string[][] {
	const pieces = cut(text);
	const messages: string[][] = [];
	for (let at = 0; at < pieces.length; at += BLOCKS) messages.push(pieces.slice(at, at + BLOCKS));
	return messages;
}

function cut(text: string): string[] {
	const pieces: string[] = [];
	let at = 0;
	while (text.length - at > BLOCK) {
		const line = text.lastIndexOf("\n", at + BLOCK);
		let end = line > at + BLOCK / 2 ? line + 1 : at + BLOCK;
		if (isInsideCharacter(text, end)) end -= 1;
		pieces.push(text.slice(at, end));
		at = end;
	}
	pieces.push(text.slice(at));
	return pieces.filter((piece) => piece.trim() !== "");
}

function isInsideCharacter(text: string, at: number): boolean {
	return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
