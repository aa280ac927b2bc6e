/**
 * JSON text that PostgreSQL's jsonb accepts: it refuses NUL and lone surrogates, which a step's output may well hold.
 * Cast as `::text::jsonb`, or the driver encodes the text a second time.
 */
export function toJsonText(value: unknown): string {
	const text = JSON.stringify(value) ?? "null";
	if (!SUSPECT.test(text)) return text;
	return JSON.stringify(value, (_key, inner) => cleanValue(inner)) ?? "null";
}

const SUSPECT = /\\u(0000|d[89a-f])/i;

function cleanValue(value: unknown): unknown {
	if (typeof value === "string") return cleanText(value);
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), inner]));
}

/** NUL and lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
	return text.toWellFormed().replaceAll("\u0000", "\uFFFD");
}
