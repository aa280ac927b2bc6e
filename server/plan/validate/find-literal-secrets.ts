import type { Issue } from "../issue";

/** A text in the place of a credential: what it seems to be, and where it stands. */
export interface LiteralSecret {
	/** As within a sentence: `a GitHub token`. */
	what: string;
	start: number;
	end: number;
}

interface Kind {
	what: string;
	/** What is in its first group, if it has one, is the secret; else the whole. */
	pattern: RegExp;
	/** Whether the text is as random as a secret is; asked where nothing else tells it from a word. */
	isDoubtful?: boolean;
}

const KINDS: readonly Kind[] = [
	{ what: "a private key", pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY-----/g },
	{ what: "a GitHub token", pattern: /\b(?:gh[opusr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g },
	{ what: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/g },
	{ what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
	{
		what: "a Slack webhook",
		pattern: /https:\/\/hooks\.slack\.com\/services\/[A-Z0-9]{6,14}\/[A-Z0-9]{6,14}\/[A-Za-z0-9]{16,}/g,
	},
	{ what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
	{ what: "a Google API key", pattern: /\bAIza[\w-]{35,}/g },
	{ what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36,}/g },
	{ what: "a Stripe key", pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
	{ what: "an API key", pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9][\w-]{19,}/g, isDoubtful: true },
	// Not `\b`: in a long run of letters and hyphens each hyphen would begin another search.
	{ what: "a signed token", pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{16,}/g },
	{ what: "a password in an address", pattern: /:\/\/[^\s/:@"'{}$]{1,100}:([^\s/:@"'{}$<>]{3,200})@/g },
	{
		what: "a key in a header",
		pattern: /\bauthorization\W{1,6}(?:bearer|basic|token) ([\w+/=.~-]{16,2000})/gi,
		isDoubtful: true,
	},
];

/** More in one text help nobody. */
const MAX_FOUND = 20;

/** The issue about one at a field. It does not repeat it: issues are sent and logged. */
export function literalSecret({ what }: LiteralSecret, field: string): Issue {
	const message = `This looks like ${what}, and everybody who sees the workflow sees it. Move it to a credential.`;
	return { severity: "warning", field, code: "literal_secret", message };
}

/** Every text in a text that looks like a secret, in their order. References and examples are none. */
export function findLiteralSecrets(text: string): LiteralSecret[] {
	const found = KINDS.flatMap((kind) => {
		return [...text.matchAll(kind.pattern)].flatMap((match) => toSecrets(text, kind, match));
	});
	const apart: LiteralSecret[] = [];
	for (const secret of found.sort((a, b) => a.start - b.start))
		if (secret.start >= (apart.at(-1)?.end ?? 0)) apart.push(secret);
	return apart.slice(0, MAX_FOUND);
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

function toSecrets(text: string, { what, isDoubtful }: Kind, match: RegExpExecArray): LiteralSecret[] {
	const [whole, inner = whole] = match;
	const start = match.index + whole.lastIndexOf(inner);
	const end = what === "a private key" ? endOfKey(text, start) : start + inner.length;
	const secret = text.slice(start, end);
	if (what !== "a private key" && EXAMPLE.test(secret)) return [];
	return isDoubtful && !isRandom(secret) ? [] : [{ what, start, end }];
}

/** Longer keys are cut off here, so that many beginnings without an end cost little. */
const MAX_KEY_LENGTH = 20_000;

function endOfKey(text: string, start: number): number {
	const rest = text.slice(start, start + MAX_KEY_LENGTH);
	const last = rest.indexOf("-----END ");
	const close = last < 0 ? -1 : rest.indexOf("-----", last + 9);
	return start + (close < 0 ? rest.length : close + 5);
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
