import { asJson, JSON_LIMITS, type Json } from "./json";
import { shorten } from "./text-problem";

const MAX_EXCERPT_LENGTH = 40;

/** JSON that is well formed and yet cannot be taken over as it is. */
export class JsonValueError extends Error {
	override readonly name = "JsonValueError";
}

/**
 * Reads JSON text that others wrote. An integer that JavaScript cannot hold exactly (beyond 2^53 - 1) becomes the text
 * of its digits, so that an id stays the same id. Takes time in proportion to the text.
 * @throws SyntaxError for what is no JSON, JsonValueError for a number beyond every double and for nesting without end
 */
export function readJson(text: string): Json {
	const value = asJson(JSON.parse(text));
	const quoted = quoteLongIntegers(text);
	return quoted === text ? value : asJson(JSON.parse(quoted));
}

/**
 * The text of what `readJson` reads, to be parsed elsewhere.
 * @throws as `readJson` does
 */
export function toExactJson(text: string): string {
	JSON.parse(text);
	return quoteLongIntegers(text);
}

/** Undefined when the text is no JSON, or none that can be taken over. */
export function tryReadJson(text: string): Json | undefined {
	try {
		return readJson(text);
	} catch {
		return undefined;
	}
}

/** Why a text is no JSON, without the excerpt that JavaScript adds: it may show a part of a secret, which nothing can find. */
export function explainJsonError(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.split(/, (?:\.\.\.)?"/)[0] ?? message;
}

/**
 * Whether a number was very likely written with more digits than it has now: whoever parsed it has rounded it. Beyond
 * 10^21 JavaScript itself writes an exponent, so such a number is no id.
 */
export function isRoundedInteger(value: number): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
}

export function holdsRoundedInteger(value: Json): boolean {
	if (typeof value === "number") return isRoundedInteger(value);
	return typeof value === "object" && value !== null && Object.values(value).some(holdsRoundedInteger);
}

/** Outside its texts, well-formed JSON has digits in numbers only. */
function quoteLongIntegers(text: string): string {
	let quoted = "";
	let copied = 0;
	let level = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text.charCodeAt(at);
		if (character === QUOTE) at = endOfText(text, at);
		else if (character === BRACKET || character === BRACE) level = deeper(level);
		else if (character === BRACKET + 2 || character === BRACE + 2) level -= 1;
		else if (character === MINUS || (character >= ZERO && character <= NINE)) {
			const end = endOfNumber(text, at);
			if (checkNumber(text.slice(at, end))) {
				quoted += `${text.slice(copied, at)}"${text.slice(at, end)}"`;
				copied = end;
			}
			at = end - 1;
		}
	}
	return copied === 0 ? text : quoted + text.slice(copied);
}

const [QUOTE, BACKSLASH, BRACKET, BRACE, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x5b, 0x7b, 0x2d, 0x30, 0x39];

function deeper(level: number): number {
	if (level === JSON_LIMITS.depth) throw new JsonValueError(`It is nested more than ${JSON_LIMITS.depth} levels deep.`);
	return level + 1;
}

function endOfText(text: string, start: number): number {
	let at = start + 1;
	while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
	return at;
}

function endOfNumber(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && NUMBER.includes(text.charAt(at))) at += 1;
	return at;
}

const NUMBER = "0123456789.eE+-";

/** Whether the number is an integer that only its digits hold exactly. */
function checkNumber(digits: string): boolean {
	const value = Number(digits);
	if (/^-?\d+$/.test(digits)) return !Number.isSafeInteger(value);
	if (!Number.isFinite(value))
		throw new JsonValueError(`${shorten(digits, MAX_EXCERPT_LENGTH)} is too large for a number. Send it as text.`);
	return false;
}
