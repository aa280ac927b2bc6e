/** A text up to this size is searched for what must not be shown: it is in memory as a whole. */
export const SEARCHED_BYTES = 10_000_000;

/** The bytes as text, in which those that are no UTF-8 become U+FFFD; undefined when they are none, which has NUL in it. */
export function readText(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		// A single byte of another encoding makes a log no binary.
		return bytes.includes(0) ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
	}
}
