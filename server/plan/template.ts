import { type AST, parseWithoutProcessing } from "@handlebars/parser";
import { REFERENCE_ROOTS } from "./scope";
import { cacheByText } from "./text-cache";
import { placeOf, shorten, type TextProblem } from "./text-problem";

/** One `{{ path.to.value }}` in a text. Offsets count UTF-16 units from the text's beginning. */
export interface Reference {
	readonly path: readonly string[];
	/** Where the braces begin and end. */
	readonly start: number;
	readonly end: number;
	/** Where each part of the path stands, brackets included. */
	readonly parts: readonly Span[];
}

export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A text cut into what stands there literally and its references, or the first mistake in it. */
export type Template =
	| { readonly parts: readonly (string | Reference)[]; readonly problem?: undefined }
	| { readonly parts?: undefined; readonly problem: TextProblem };

/** References that one text may hold. */
export const MAX_TEMPLATE_REFERENCES = 1_000;

/**
 * Parses `{{ path.to.value }}` inside a text with the Handlebars grammar, paths only: no helpers, blocks, partials,
 * comments or unescaped output. A literal `{{` is written `\{{`. List items are `items.0` or `items.[0]`.
 */
export const parseTemplate: (text: string) => Template = cacheByText(parse);

/** The references of a text, in order; none when it has a mistake. */
export function referencesIn(text: string): Reference[] {
	return text.includes("{{") ? (parseTemplate(text).parts ?? []).filter((part) => typeof part !== "string") : [];
}

function parse(text: string): Template {
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
function parseSimple(text: string): Template | undefined {
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

export function parseWithGrammar(text: string): Template {
	try {
		const { body } = parseWithoutProcessing(cover(text));
		const offsetOf = offsetsOf(text);
		return { parts: body.map((statement) => readStatement(text, statement, offsetOf)) };
	} catch (error) {
		return { problem: error instanceof TemplateMistake ? describeProblem(text, error) : findMistake(text) };
	}
}

/**
 * The grammar reads `0`, `true` and `null` at the end of a path as literals, and `}}}` as the end of unescaped
 * output. Here they are parts like any other, and a brace after a reference. So they are covered by characters of
 * the same length before parsing; paths and literal text are read from the original.
 */
function cover(text: string): string {
	return text.replace(/(?<!\{|(?<!\\)\\)(\{\{(?!\{)[^{}]*\}\})(\}?)/g, (_, mustache: string, brace: string) => {
		const path = mustache.replace(LITERAL_PARTS, (part) => "_".repeat(part.length));
		return path + (brace && "_");
	});
}

const LITERAL_PARTS = /(?<=[\w\]]\.)(?:\d+|true|false|null|undefined)(?=[\s}.])/g;

type OffsetOf = (position: AST.Position) => number;

function offsetsOf(text: string): OffsetOf {
	const starts = [0];
	for (const newline of text.matchAll(/\r\n?|\n/g)) starts.push(newline.index + newline[0].length);
	return ({ line, column }) => (starts[line - 1] ?? 0) + column;
}

class TemplateMistake extends Error {
	constructor(
		readonly start: number,
		message: string,
	) {
		super(message);
	}
}

function readStatement(text: string, statement: AST.Statement, offsetOf: OffsetOf): string | Reference {
	const start = offsetOf(statement.loc.start);
	if (isContent(statement)) return text.slice(start, start + statement.value.length);
	const end = offsetOf(statement.loc.end);
	const refused = refusalOf(statement);
	if (refused !== undefined || !isMustache(statement)) throw new TemplateMistake(start, refused ?? PATHS_ONLY);
	const pathStart = offsetOf(statement.path.loc.start);
	const parts = splitPath(text.slice(pathStart, offsetOf(statement.path.loc.end)), pathStart);
	return { path: parts.map((part) => unbracket(text.slice(part.start, part.end))), start, end, parts };
}

function isContent(node: AST.Statement): node is AST.ContentStatement {
	return node.type === "ContentStatement";
}

function isMustache(node: AST.Statement): node is AST.MustacheStatement {
	return node.type === "MustacheStatement";
}

function isPath(node: AST.Expression): node is AST.PathExpression {
	return node.type === "PathExpression";
}

const PATHS_ONLY = "Only paths such as {{ inputs.name }} can stand between the braces. For a literal {{ write \\{{.";

function refusalOf(statement: AST.Statement): string | undefined {
	if (!isMustache(statement)) return PATHS_ONLY;
	const { path, params, hash, escaped, strip } = statement;
	if (!escaped) return "Write two braces, as in {{ inputs.name }}, and a space between them and a brace of the text.";
	if (strip.open || strip.close) return "Remove the ~: white space around a reference is kept.";
	if (!isPath(path) || params.length > 0 || hash?.pairs.length > 0) return PATHS_ONLY;
	if (path.data || path.depth > 0 || /^(?:this\b|\.)|\//.test(path.original))
		return "Write the whole path with dots, from its root, as in {{ steps.test.output }}.";
	return undefined;
}

function splitPath(source: string, offset: number): Span[] {
	return [...source.matchAll(/\[[^\]]*\]|[^.[\]]+/g)].map((part) => ({
		start: offset + part.index,
		end: offset + part.index + part[0].length,
	}));
}

function unbracket(part: string): string {
	return part.startsWith("[") ? part.slice(1, -1) : part;
}

/** The parser names tokens of its grammar; people want the place. So the references are tried one by one. */
function findMistake(text: string): TextProblem {
	for (const mustache of text.matchAll(/(?<!(?<!\\)\\)\{\{(?:[^{}]*\}\})?/g)) {
		if (!mustache[0].endsWith("}}"))
			return describeProblem(
				text,
				new TemplateMistake(mustache.index, "This {{ is never closed with }}. For a literal {{ write \\{{."),
			);
		if (!parses(cover(mustache[0]))) return describeProblem(text, new TemplateMistake(mustache.index, PATHS_ONLY));
	}
	return { line: 1, column: 1, message: PATHS_ONLY };
}

function parses(text: string): boolean {
	try {
		parseWithoutProcessing(text);
		return true;
	} catch {
		return false;
	}
}

function describeProblem(text: string, { start, message }: TemplateMistake): TextProblem {
	const end = text.indexOf("}}", start);
	const source = shorten(text.slice(start, end < 0 ? undefined : end + 2), 40);
	return { ...placeOf(text, start), message: `${source}: ${message}` };
}
