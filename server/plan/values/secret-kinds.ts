/** A kind of key that can be told by how it is written. */
export interface SecretKind {
	/** As within a sentence: `a GitHub token`. */
	what: string;
	/** Finds what may be one, and a part of one. */
	pattern: RegExp;
	/** Whether what was found is one as it is given out; left out where the pattern tells. */
	isWhole?: (found: string) => boolean;
	/** Whether the text is as random as a secret is; asked where nothing else tells it from a word. */
	isDoubtful?: boolean;
}

export const PRIVATE_KEY = "a private key";

/** To its end, or as far as a key could reach. */
const PEM =
	/-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\s\S]){0,20000}(?:-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?/g;

/**
 * What keys look like, for all who look for them: those who point them out in a plan take what is whole, those who hide
 * them before something leaves take parts, too.
 */
export const SECRET_KINDS: readonly SecretKind[] = [
	{ what: PRIVATE_KEY, pattern: PEM },
	{
		what: "a GitHub token",
		pattern: /\b(?:gh[opusr]|github_pat)_\w{12,300}/g,
		isWhole: (found) => /^(?:gh[opusr]_[A-Za-z0-9]{36}|github_pat_\w{40})/.test(found),
	},
	{ what: "a GitLab token", pattern: /\bglpat-[\w-]{12,300}/g, isWhole: atLeast(26) },
	{ what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,300}/g },
	{
		what: "a Slack webhook",
		pattern: /https:\/\/hooks\.slack\.com\/services\/[A-Z0-9]{6,14}\/[A-Z0-9]{6,14}\/[A-Za-z0-9]{16,300}/g,
	},
	{ what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,300}\b/g, isWhole: (found) => found.length === 20 },
	{ what: "a Google API key", pattern: /\bAIza[\w-]{12,300}/g, isWhole: atLeast(39) },
	{ what: "a Google token", pattern: /\bya29\.[\w-]{12,300}/g, isWhole: atLeast(25) },
	{ what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{12,300}/g, isWhole: atLeast(40) },
	{ what: "a PyPI token", pattern: /\bpypi-[\w-]{12,300}/g, isWhole: atLeast(55) },
	{ what: "a Docker token", pattern: /\bdckr_pat_[\w-]{12,300}/g, isWhole: atLeast(29) },
	{ what: "a SendGrid key", pattern: /\bSG\.[\w.-]{12,300}/g, isWhole: atLeast(60) },
	{ what: "a Hugging Face token", pattern: /\bhf_[A-Za-z0-9]{12,300}/g, isWhole: atLeast(34) },
	{
		what: "a Stripe key",
		pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{12,300}/g,
		// Those for trying hold nothing of worth.
		isWhole: (found) => found.slice(3).startsWith("live_") && found.length >= 24,
	},
	{
		what: "an API key",
		pattern: /\bsk-[\w-]{12,300}/g,
		isWhole: (found) => /^sk-(?:ant-|proj-)?[A-Za-z0-9][\w-]{19}/.test(found),
		isDoubtful: true,
	},
	{
		what: "a signed token",
		// Not `\b`: in a long run of letters and hyphens each hyphen would begin another search.
		pattern: /(?<![\w-])eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,4000})?/g,
		isWhole: (found) => {
			const [head = "", body = "", signature = ""] = found.split(".");
			return head.length > 12 && body.startsWith("eyJ") && body.length > 12 && signature.length >= 16;
		},
	},
];

function atLeast(length: number): (found: string) => boolean {
	return (found) => found.length >= length;
}
