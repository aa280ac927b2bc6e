/** What bytes say, and how another text is written as they are. */
export interface StoredText {
	text: string;
	encode(text: string): Buffer;
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * The bytes as text: UTF-8, in which other bytes become U+FFFD, or UTF-16 where a byte order mark says so. Undefined when
 * they are none, which has NUL in it.
 */
export function readText(bytes: Uint8Array): StoredText | undefined {
	const encoding = encodingOf(bytes);
	const decode = (fatal: boolean) => new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(bytes);
	const encode = (text: string) => encodeAs(text, encoding);
	if (encoding !== "utf-8") return { text: decode(false), encode };
	try {
		return { text: decode(true), encode };
	} catch {
		// A single byte of another encoding makes a log no binary.
		return bytes.includes(0) ? undefined : { text: decode(false), encode };
	}
}

export function isUtf16(bytes: Uint8Array): boolean {
	return encodingOf(bytes) !== "utf-8";
}

/** By the byte order mark; that of UTF-32 begins as one of UTF-16 does. */
function encodingOf([first, second, third, fourth]: Uint8Array): Encoding {
	if (first === 0xfe && second === 0xff) return "utf-16be";
	return first === 0xff && second === 0xfe && !(third === 0 && fourth === 0) ? "utf-16le" : "utf-8";
}

function encodeAs(text: string, encoding: Encoding): Buffer {
	if (encoding === "utf-8") return Buffer.from(text);
	const bytes = Buffer.from(text, "utf16le");
	return encoding === "utf-16le" ? bytes : bytes.swap16();
}
