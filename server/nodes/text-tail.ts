/** Keeps the end of a text that arrives in pieces, in memory of twice its length at most. */
export class TextTail {
	private pieces: string[] = [];
	private length = 0;

	constructor(private readonly limit: number) {}

	append(text: string): void {
		if (text === "") return;
		this.pieces.push(text);
		this.length += text.length;
		if (this.length > 2 * this.limit) this.replace(this.end());
	}

	/** At most `limit` UTF-16 units, beginning at a whole character. */
	toString(): string {
		return this.end();
	}

	private end(): string {
		const text = this.pieces.join("");
		const end = text.slice(Math.max(0, text.length - this.limit));
		return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
	}

	private replace(text: string): void {
		this.pieces = [text];
		this.length = text.length;
	}
}
