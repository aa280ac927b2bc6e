import type { Issue } from "../issue";
import { PRIVATE_KEY, SECRET_KINDS, type SecretKind } from "../values/secret-kinds";

/** A text in the place of a credential: what it seems to be, and where it stands. */
export interface LiteralSecret {
	/** As within a sentence: `a GitHub token`. */
	what: string;
	start: number;
	end: number;
}

/** Beside what is a key by itself: what is one where it stands. What is in the first group is the secret. */
const PLACED: readonly SecretKind[] = [
	{ what: "a password in an address", pattern: /:\/\/[^\s/:@"'{}$]{1,100}:([^\s/:@"'{}$<>]{3,200})@/g },
	{
		what: "a key in a header",
		pattern: /\bauthorization\W{1,6}(?:bearer|basic|token) ([\w+/=.~-]{16,2000})/gi,
		isDoubtful: true,
	},
];
const KINDS = [...SECRET_KINDS, ...PLACED];

/** More in one text help nobody. */
const MAX_FOUND = 20;

/** The issue about one at a field. It does not repeat it: issues are sent and logged. */
export function literalSecret({ what }: LiteralSecret, field: string): Issue {
	const message = `This looks like ${what}, and everybody who sees the workflow sees it. Move it to a credential.`;
	return { severity: "warning", field, code: "literal_secret", message };
}

/** Every text in a text that looks like a secret, in their order. References and examples are none. */
export function findLiteralSecrets(text: string): LiteralSecret[] {
	return findAll(text).slice(0, MAX_FOUND);
}

/** The text without what looks like a secret. */
export function hideLiteralSecrets(text: string): string {
	const ends = findAll(text);
	const kept = [0, ...ends.map(({ end }) => end)].map((from, index) => text.slice(from, ends[index]?.start));
	return kept.join("•••");
}

function findAll(text: string): LiteralSecret[] {
	const found = KINDS.flatMap((kind) => {
		return [...text.matchAll(kind.pattern)].flatMap((match) => toSecrets(kind, match));
	});
	const apart: LiteralSecret[] = [];
	for (const secret of found.sort((a, b) => a.start - b.start))
		if (secret.start >= (apart.at(-1)?.end ?? 0)) apart.push(secret);
	return apart;
}

/** The value of a header that carries a key: all of it but the scheme before it. */
export function findSecretHeader(name: string, value: string): LiteralSecret[] {
	if (!KEY_HEADERS.has(name.toLowerCase())) return [];
	const key = value.slice(value.lastIndexOf(" ") + 1);
	if (/[{}$]/.test(key) || EXAMPLE.test(key) || !isRandom(key)) return [];
	return [{ what: "a key in a header", start: value.length - key.length, end: value.length }];
}

const KEY_HEADERS = new Set([
	"authorization",
	"proxy-authorization",
	"x-api-key",
	"api-key",
	"x-auth-token",
	"private-token",
]);

/** What is written where a secret belongs, and is none. */
const EXAMPLE = /example|placeholder|your|changeme|dummy|redacted|password|secret|xxxx|\*\*\*|\.\.\./i;

function toSecrets({ what, isDoubtful, isWhole }: SecretKind, match: RegExpExecArray): LiteralSecret[] {
	const [whole, secret = whole] = match;
	const start = match.index + whole.lastIndexOf(secret);
	if (isWhole?.(secret) === false) return [];
	if (what !== PRIVATE_KEY && EXAMPLE.test(secret)) return [];
	return isDoubtful && !isRandom(secret) ? [] : [{ what, start, end: start + secret.length }];
}

const MIN_LENGTH = 16;
const MIN_BITS = 3;

/** Long, of letters and digits, and with as many bits a character as words do not have (Shannon's entropy). */
function isRandom(text: string): boolean {
	if (text.length < MIN_LENGTH || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
	const counts = new Map<string, number>();
	for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	const bits = [...counts.values()].reduce(
		(sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
		0,
	);
	return bits >= MIN_BITS;
}
