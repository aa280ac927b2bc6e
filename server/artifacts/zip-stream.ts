import { makeZip } from "client-zip";

/** An archive that is made while it is read. @param onLeft called when its reader goes away before its end */
export function zipStream(entries: Parameters<typeof makeZip>[0], onLeft = () => {}): ReadableStream<Uint8Array> {
	const zip = makeZip(entries).getReader();
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await zip.read();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		async cancel() {
			// The archive answers its end with the same.
			await zip.cancel(new Error("Nobody reads the archive any more.")).catch(() => {});
			onLeft();
		},
	});
}
