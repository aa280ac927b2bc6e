import type { Json, JsonObject } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";
import { SECRET_KINDS } from "@/server/plan/values/secret-kinds";

interface Pattern {
	found: RegExp;
	/** What stands there instead; the marker, unless a part of it tells no secret. */
	shown?: string;
	/** Decides about a match, where its form alone does not tell. */
	isPrivate?: (match: string) => boolean;
}

/** A value under one of these names is nobody else's business, whatever it looks like. */
const PRIVATE_NAME =
	/^(?:.{0,40}[_-])?(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|authorization|cookie|credentials?)$/i;

const KEYS: readonly Pattern[] = [
	...SECRET_KINDS.map(({ pattern }) => ({ found: pattern })),
	{ found: /\b(Bearer|Basic)[ \t]{1,4}[\w.~+/=-]{8,4000}/gi, shown: `$1 ${REDACTED}` },
	{ found: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}@/gi, shown: `$1${REDACTED}@` },
	{ found: /[A-Za-z0-9_+-]{32,400}/g, isPrivate: isRandom },
	// A line of a key that is printed without its beginning.
	{ found: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}/g, isPrivate: isRandom },
];

const NAMED_VALUES: Pattern = {
	found:
		/\b((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret|private[_-]?key|authorization|cookie)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)(?![{$•])[^\s"',;&]{3,4000}/gi,
	shown: `$1${REDACTED}`,
};

const PEOPLE_AND_MACHINES: readonly Pattern[] = [
	{ found: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g },
	{ found: /\b\d{1,3}(?:\.\d{1,3}){3}\b/g, isPrivate: isRemoteAddress },
	{ found: /(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:internal|local|lan|corp|intranet)\b/gi },
	{ found: /(?<![\w.])\+\d[\d ()-]{7,18}\d\b/g },
	{ found: /\b\d(?:[ -]?\d){12,18}\b/g, isPrivate: isCardNumber },
];

/** What looks private in what a run worked on. Kinds, not guesses about words: ordinary text is left alone. */
const ALL: readonly Pattern[] = [...KEYS, NAMED_VALUES, ...PEOPLE_AND_MACHINES];

/** A text without what looks private: keys and tokens, addresses of people and machines, numbers of phones and cards. */
export function hidePrivate(text: string): string {
	return ALL.reduce(hideOne, text);
}

/** A text without keys and tokens: for what is code, and stays code. */
export function hideKeys(text: string): string {
	return KEYS.reduce(hideOne, text);
}

const KEY_BEGINS = /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_ENDS = /-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
/** A line of a key's body, behind what a log may put before it. */
const KEY_LINE = /(?:^|[\s|>])[A-Za-z0-9+/]{2,100}={0,2}\s{0,10}$/;
/** Longer than any key is. */
const MAX_KEY_LINES = 400;

/** The lines of a text, without those of a private key among them, of which each alone may look like nothing. */
export function hideKeyLines(lines: readonly string[]): string[] {
	const hidden = new Set<number>();
	const hide = (from: number, to: number) => {
		for (let line = from; line <= to; line++) hidden.add(line);
	};
	let begun: number | undefined;
	for (const [index, line] of lines.entries()) {
		if (KEY_BEGINS.test(line)) begun = index;
		if (begun !== undefined && index - begun <= MAX_KEY_LINES) hide(index, index);
		if (!KEY_ENDS.test(line)) continue;
		hide(begun ?? startOfKey(lines, index), index);
		begun = undefined;
	}
	return lines.map((line, index) => (hidden.has(index) ? REDACTED : line));
}

/** Where the lines of a key begin that has ended, and whose beginning was not seen. */
function startOfKey(lines: readonly string[], end: number): number {
	let start = end;
	while (start > 0 && end - start < MAX_KEY_LINES && KEY_LINE.test(lines[start - 1] ?? "")) start -= 1;
	return start;
}

export function isPrivateName(name: string): boolean {
	return PRIVATE_NAME.test(name);
}

/** A value without what stands under such a name, at any depth. */
export function hidePrivateNames(object: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(object).map(([key, value]) => [key, isPrivateName(key) ? REDACTED : hideWithin(value)]),
	);
}

function hideWithin(value: Json): Json {
	if (Array.isArray(value)) return value.map(hideWithin);
	return typeof value === "object" && value !== null ? hidePrivateNames(value) : value;
}

function hideOne(text: string, { found, shown = REDACTED, isPrivate }: Pattern): string {
	if (isPrivate === undefined) return text.replace(found, shown);
	return text.replace(found, (match) => (isPrivate(match) ? shown : match));
}

/** An address of IPv4 that is not every machine's own. */
function isRemoteAddress(address: string): boolean {
	const parts = address.split(".").map(Number);
	return parts.every((part) => part <= 255) && parts[0] !== 127 && parts.some((part) => part !== 0);
}

/** The check digit of ISO/IEC 7812 (Luhn), which one in ten other numbers has by chance. */
function isCardNumber(text: string): boolean {
	const digits = [...text.replace(/\D/g, "")].reverse().map(Number);
	const sum = digits.reduce((total, digit, index) => {
		const doubled = index % 2 === 1 ? digit * 2 : digit;
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	return sum % 10 === 0;
}

/** As keys are and words are not: capitals, small letters and digits all through it. */
function isRandom(text: string): boolean {
	return (text.match(/[a-z][A-Z0-9]|[A-Z0-9][a-z]/g) ?? []).length >= 8 && /[A-Z]/.test(text) && /\d/.test(text);
}
