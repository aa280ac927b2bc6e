import { choicesOf, type Reference } from "./reference";
import { REFERENCE_ROOTS } from "./scope";
import { type Parsed, parseWithGrammar, splitPath } from "./template-grammar";
import { cacheByText } from "./text-cache";

/** References that one text may hold. */
export const MAX_TEMPLATE_REFERENCES = 1_000;

/**
 * Cuts a text into what stands there literally and its references, or tells the first mistake in it. `{{ path.to.value }}`
 * is read with the Handlebars grammar, paths only: no helpers, blocks, partials, comments or unescaped output. A default
 * stands behind `??`. A literal `{{` is written `\{{`. List items are `items.0` or `items.[0]`.
 */
export const parseTemplate: (text: string) => Parsed = cacheByText(parse);

/** The references of a text, in order, those in the place of others included; none when it has a mistake. */
export function referencesIn(text: string): Reference[] {
	return insertionsIn(text).flatMap(choicesOf);
}

/** The same, one for each pair of braces. */
export function insertionsIn(text: string): Reference[] {
	return text.includes("{{") ? (parseTemplate(text).parts ?? []).filter((part) => typeof part !== "string") : [];
}

function parse(text: string): Parsed {
	if (!text.includes("{{")) return { parts: [text] };
	if (text.split("{{").length - 1 > MAX_TEMPLATE_REFERENCES)
		return {
			problem: { line: 1, column: 1, message: `A text may hold at most ${MAX_TEMPLATE_REFERENCES} references.` },
		};
	return parseSimple(text) ?? parseWithGrammar(text);
}

/** A reference that means the same in every reading of the grammar: a known root, names and numbers, dots. */
const SIMPLE = new RegExp(
	`\\{\\{\\s*((?:${REFERENCE_ROOTS.join("|")})(?:\\.(?!this\\b)(?:[A-Za-z_]\\w*|\\d+))*)\\s*\\}\\}`,
	"g",
);

/**
 * Nearly every text holds such references only. Reading them needs no grammar, whose parser takes a hundred times as
 * long: too long for a plan on each keystroke. The answer is the grammar's, which a property test holds against it.
 */
function parseSimple(text: string): Parsed | undefined {
	if (text.includes("\0")) return undefined;
	const parts: (string | Reference)[] = [];
	let at = 0;
	for (const match of text.matchAll(SIMPLE)) {
		const [source, path = ""] = match;
		const before = text.slice(at, match.index);
		if (/\{\{|[\\{]$/.test(before)) return undefined;
		if (before !== "") parts.push(before);
		at = match.index + source.length;
		const spans = splitPath(path, match.index + source.indexOf(path));
		parts.push({ path: path.split("."), start: match.index, end: at, parts: spans });
	}
	const rest = text.slice(at);
	if (rest.includes("{{")) return undefined;
	return { parts: rest === "" ? parts : [...parts, rest] };
}
