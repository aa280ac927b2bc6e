import { MIN_REDACTED_LENGTH } from "@/server/credentials/min-redacted-length";
import type { Json } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";
import { encodingsOf } from "./secret-encodings";
import { createTextMatcher, type Span, type TextMatcher } from "./text-matcher";

export interface Redact {
	(text: string): string;
	/**
	 * The same for a text that was truncated at its beginning, at its end or before a “…”: a part of a secret is redacted
	 * there too, if it is at least half of the secret.
	 */
	cut(text: string): string;
	/** The same for a text that arrives in chunks. */
	stream(): RedactStream;
}

type Hide = (text: string) => string;

export interface RedactStream {
	/** Returns the redacted text so far; a suffix that may become a secret is held back. */
	push(text: string): string;
	/** Returns the text that was held back. */
	end(): string;
}

/** Returns a function that redacts the values of secrets in text, in all their encodings, in one pass. */
export function createRedact(secrets: Iterable<string>): Redact {
	const forms = new Set([...secrets].flatMap((secret) => [...encodingsOf(secret)]));
	if (forms.size === 0) return REDACT_NOTHING;
	const matcher = createTextMatcher(forms);
	const redact = (text: string) => hide(text, matcher.match(text).spans);
	const hideEdges = createHideEdges(forms, matcher);
	const cut = (text: string) => redact(text).split("…").map(hideEdges).join("…");
	return Object.assign(redact, { cut, stream: () => createStream(matcher) });
}

/** Longer forms are looked for from their beginnings only. */
const MAX_EDGE_LENGTH = 4_096;

/** Hides at the end of each part what begins a secret, and at the beginning of the first what ends one. */
function createHideEdges(forms: Iterable<string>, matcher: TextMatcher) {
	const backwards = createTextMatcher([...forms].filter(({ length }) => length <= MAX_EDGE_LENGTH).map(reverse));
	return (part: string, index: number): string => {
		const head = index > 0 ? 0 : pieceOf(backwards, reverse(part.slice(0, MAX_EDGE_LENGTH)));
		const tail = pieceOf(matcher, part);
		if (head + tail > part.length) return REDACTED;
		return `${head > 0 ? REDACTED : ""}${part.slice(head, part.length - tail)}${tail > 0 ? REDACTED : ""}`;
	};
}

function pieceOf(matcher: TextMatcher, text: string): number {
	const { piece } = matcher.match(text);
	return piece >= MIN_REDACTED_LENGTH ? piece : 0;
}

function reverse(text: string): string {
	return text.split("").reverse().join("");
}

export const REDACT_NOTHING: Redact = Object.assign((text: string) => text, {
	cut: (text: string) => text,
	stream: () => ({ push: (text: string) => text, end: () => "" }),
});

function hide(text: string, spans: readonly Span[]): string {
	if (spans.length === 0) return text;
	const kept = spans.map(([start], index) => text.slice(spans[index - 1]?.[1] ?? 0, start) + REDACTED);
	return kept.join("") + text.slice(spans.at(-1)?.[1]);
}

function createStream(matcher: TextMatcher): RedactStream {
	let rest = "";
	/** So many characters of `rest` belong to a secret that was hidden already. */
	let hidden = 0;

	function take(length: number, spans: readonly Span[]): string {
		const before = rest.slice(hidden, length);
		const reach = spans.filter(([start, end]) => start < length && end > hidden);
		const inside = reach.map(([start, end]): Span => [Math.max(0, start - hidden), Math.min(end, length) - hidden]);
		const taken =
			length <= hidden
				? ""
				: hide(
						before,
						inside.filter(([start, end]) => end > start),
					);
		hidden = Math.max(0, hidden - length, ...reach.map(([, end]) => end - length));
		rest = rest.slice(length);
		return taken;
	}

	return {
		push(text) {
			rest += text;
			const { spans, pending } = matcher.match(rest);
			return take(rest.length - pending, spans);
		},
		end: () => take(rest.length, matcher.match(rest).spans),
	};
}

/** Hides secrets in every text inside a JSON value, keys and numbers included. The value itself where it holds none. */
export function redactJson<Value extends Json>(value: Value, redact: Hide): Value;
export function redactJson(value: Json, redact: Hide): Json {
	if (typeof value === "string") return redact(value);
	if (typeof value === "number") return redactNumber(value, redact);
	if (Array.isArray(value)) {
		const items = value.map((item) => redactJson(item, redact));
		return items.some((item, index) => item !== value[index]) ? items : value;
	}
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [redact(key), redactJson(inner, redact)] as const);
	const isSame = entries.every(([key, inner]) => Object.hasOwn(value, key) && value[key] === inner);
	return isSame ? value : Object.fromEntries(entries);
}

/** A secret of digits may well have become a number. */
function redactNumber(value: number, redact: Hide): Json {
	const text = String(value);
	const shown = redact(text);
	return shown === text ? value : shown;
}
