/** Reads on only as fast as the client takes it; one that goes away ends the reading. */
export function streamPieces(first: IteratorResult<string>, rest: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let piece: IteratorResult<string> | undefined = first;
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = piece ?? (await rest.next());
			piece = undefined;
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await rest.return(undefined);
		},
	});
}
