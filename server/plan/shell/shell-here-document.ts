export interface HereDocument {
	delimiter: string;
	quoted: boolean;
	stripTabs: boolean;
	/** The words of the command that reads it. */
	words: readonly string[];
}

/** Where the body that begins at `from` ends, and where the line after its delimiter begins. */
export function findBodyEnd(text: string, from: number, document: HereDocument): { bodyEnd: number; next: number } {
	let continues = false;
	for (let start = from; start < text.length; ) {
		const newline = text.indexOf("\n", start);
		const stop = newline < 0 ? text.length : newline;
		const line = text.slice(start, stop);
		const mark = document.stripTabs ? line.replace(/^\t+/, "") : line;
		if (!continues && mark === document.delimiter) return { bodyEnd: start, next: Math.min(stop + 1, text.length) };
		continues = !document.quoted && /(?<!\\)(?:\\\\)*\\$/.test(line);
		start = stop + 1;
	}
	return { bodyEnd: text.length, next: text.length };
}
