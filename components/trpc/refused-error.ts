/** What a server answered instead of what it was asked for; its message is a sentence for people. */
export class RefusedError extends Error {
	constructor(
		message: string,
		/** Of HTTP. */
		readonly status: number,
	) {
		super(message);
	}
}
