/** A text up to this size is searched for what must not be shown: it is in memory as a whole. */
export const SEARCHED_BYTES = 10_000_000;

/** The bytes as text; undefined when they are none. */
export function readText(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
