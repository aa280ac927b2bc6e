import { RE2JS } from "re2js";

/** Whether any of the names is meant: by one of the patterns that ask for names, and by none with `!` before it. */
export function matchPatterns(patterns: readonly string[], { ignoreCase = false } = {}): (name: string) => boolean {
	const wanted = compile(
		patterns.filter((pattern) => !pattern.startsWith("!")),
		ignoreCase,
	);
	const unwanted = compile(
		patterns.flatMap((pattern) => (pattern.startsWith("!") ? [pattern.slice(1)] : [])),
		ignoreCase,
	);
	return (name) => (wanted === undefined || wanted.matches(name)) && unwanted?.matches(name) !== true;
}

/** One expression for all of them, which takes time in proportion to a name whatever the patterns are. */
function compile(patterns: readonly string[], ignoreCase: boolean): RE2JS | undefined {
	if (patterns.length === 0) return undefined;
	const source = patterns.map((pattern) => `(?:${toExpression(pattern)})`).join("|");
	return RE2JS.compile(source, RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
}

function toExpression(pattern: string): string {
	const parts = pattern.match(/\*\*\/|\*\*|\*|\?|[^*?]+/g) ?? [];
	return parts.map((part) => WILD[part] ?? RE2JS.quote(part)).join("");
}

const WILD: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
