/** A condition on a label, as Alertmanager writes it: `severity="critical"`. */
export interface Matcher {
	label: string;
	operator: Operator;
	value: string;
}

const OPERATORS = ["=~", "!~", "!=", "="] as const;
type Operator = (typeof OPERATORS)[number];

export type Parsed = { matchers: Matcher[]; problem?: undefined } | { matchers?: undefined; problem: string };

/** What neither a name nor a value holds outside of quotes (Alertmanager's UTF-8 matchers). */
const RESERVED = new Set("{}!=~,\\\"'`");

/**
 * Reads what Alertmanager reads as matchers: one, or several between commas, in braces or without, with names and values
 * quoted or not. An unquoted value may hold what classic matchers allow, up to the comma or brace that ends it.
 */
export function parseMatchers(text: string): Parsed {
	const reader = { text: text.trim(), at: 0 };
	const isBraced = take(reader, "{");
	const matchers: Matcher[] = [];
	try {
		for (;;) {
			skipSpace(reader);
			if (isBraced && take(reader, "}")) break;
			if (reader.at >= reader.text.length) {
				if (isBraced) throw new Unreadable("The brace is not closed.");
				break;
			}
			matchers.push(readMatcher(reader, isBraced));
			skipSpace(reader);
			if (!take(reader, ",") && !endsHere(reader, isBraced)) throw new Unreadable(`A comma is missing${near(reader)}.`);
		}
		if (reader.at < reader.text.length) throw new Unreadable(`Nothing may follow the brace${near(reader)}.`);
		if (matchers.length === 0) throw new Unreadable('Write a matcher, as in severity="critical".');
		return { matchers };
	} catch (error) {
		if (error instanceof Unreadable) return { problem: error.message };
		throw error;
	}
}

/** In Alertmanager's own notation, every value quoted. */
export function formatMatcher({ label, operator, value }: Matcher): string {
	const name = /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(label) ? label : JSON.stringify(label);
	return `${name}${operator}${JSON.stringify(value)}`;
}

class Unreadable extends Error {
	override readonly name = "Unreadable";
}

interface Reader {
	text: string;
	at: number;
}

function readMatcher(reader: Reader, isBraced: boolean): Matcher {
	const label = readQuoted(reader) ?? readWhile(reader, (char) => !RESERVED.has(char) && !isSpace(char));
	if (label === "") throw new Unreadable(`The name of a label is missing${near(reader)}.`);
	skipSpace(reader);
	const operator = OPERATORS.find((each) => take(reader, each));
	if (!operator) throw new Unreadable(`Write =, !=, =~ or !~ behind ${label}.`);
	skipSpace(reader);
	return { label, operator, value: readQuoted(reader) ?? readBare(reader, isBraced) };
}

/** As classic matchers take it: whatever stands before the next comma, or the closing brace. */
function readBare(reader: Reader, isBraced: boolean): string {
	const value = readWhile(reader, (char) => char !== "," && !(isBraced && char === "}"));
	if (value.includes('"')) throw new Unreadable(`Put quotes around the whole value: ${value.trim()}.`);
	return value.trim();
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" };

/** A text in double quotes; undefined where none begins. An escape that is none is a backslash, as in `"\d+"`. */
function readQuoted(reader: Reader): string | undefined {
	if (!take(reader, '"')) return undefined;
	let value = "";
	for (; reader.at < reader.text.length; reader.at += 1) {
		const char = reader.text.charAt(reader.at);
		if (char === '"') {
			reader.at += 1;
			return value;
		}
		if (char !== "\\") value += char;
		else {
			reader.at += 1;
			const next = reader.text.charAt(reader.at);
			value += ESCAPES[next] ?? `\\${next}`;
		}
	}
	throw new Unreadable("The quotes are not closed.");
}

function readWhile(reader: Reader, isPart: (char: string) => boolean): string {
	const from = reader.at;
	while (reader.at < reader.text.length && isPart(reader.text.charAt(reader.at))) reader.at += 1;
	return reader.text.slice(from, reader.at);
}

function take(reader: Reader, token: string): boolean {
	if (!reader.text.startsWith(token, reader.at)) return false;
	reader.at += token.length;
	return true;
}

function endsHere({ text, at }: Reader, isBraced: boolean): boolean {
	return isBraced ? text.charAt(at) === "}" : at >= text.length;
}

function skipSpace(reader: Reader): void {
	readWhile(reader, isSpace);
}

function isSpace(char: string): boolean {
	return char.trim() === "";
}

function near({ text, at }: Reader): string {
	const rest = text.slice(at, at + 20);
	return rest === "" ? " at the end" : ` before ${rest}`;
}
