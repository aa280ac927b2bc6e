/** A mistake inside a text that a person wrote, with its place. Lines and columns count from 1. */
export interface TextProblem {
	line: number;
	column: number;
	message: string;
}

/** The line and column of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
	const lines = text.slice(0, offset).split(/\r\n?|\n/);
	return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Shortens a text for a message. */
export function shorten(text: string, max = 60): string {
	const line = text.replace(/\s+/g, " ").trim();
	return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}
