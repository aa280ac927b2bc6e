import { type AST, parseWithoutProcessing } from "@handlebars/parser";
import type { TextProblem } from "../values/text-problem";
import type { Literal, Reference, Span } from "./reference";
import {
	DEFAULT_FORM,
	describeMistake,
	explainMistake,
	NEVER_CLOSED,
	NO_BRACES,
	PATHS_ONLY,
	TemplateMistake,
} from "./template-mistake";

export type Parsed =
	| { readonly parts: readonly (string | Reference)[]; readonly problem?: undefined }
	| { readonly parts?: undefined; readonly problem: TextProblem };

/** Reads a text with the Handlebars grammar. */
export function parseWithGrammar(text: string): Parsed {
	try {
		const { body } = parseWithoutProcessing(cover(text));
		const offsetOf = offsetsOf(text);
		return { parts: body.map((statement) => readStatement(text, statement, offsetOf)) };
	} catch (error) {
		return { problem: error instanceof TemplateMistake ? describeMistake(text, error) : findMistake(text) };
	}
}

/**
 * The grammar reads `0`, `true` and `null` at the end of a path as literals, and `}}}` as the end of unescaped
 * output. Here they are parts like any other, and a brace after a reference. So they are covered by characters of
 * the same length before parsing; paths and literal text are read from the original. A `??` is covered by spaces: what
 * stands behind it is then what the grammar calls a parameter.
 */
function cover(text: string): string {
	return text.replace(/(?<!\{|(?<!\\)\\)(\{\{(?!\{)[^{}]*\}\})(\}?)/g, (_, mustache: string, brace: string) => {
		const path = mustache.replace(COVERED, (part, offset: number) =>
			part === "??" ? "  " : coverToken(part, offset, mustache),
		);
		return path + (brace && "_");
	});
}

const COVERED =
	/\[[^[\]]*\]|"[^"]*"|'[^']*'|\?\?|(?<![\w.\]-])-?\d+(?:\.\d+)?|(?<=[\w\]]\.)(?:\d+|true|false|null|undefined)(?=[\s}.?])/g;

/** Names in brackets and numbers of their own are left as they are; of a text in quotes the quotes stay. */
function coverToken(token: string, offset: number, mustache: string): string {
	if (token.startsWith("[") || (/\d$/.test(token) && mustache[offset - 1] !== ".")) return token;
	const [quote = ""] = /^["']/.exec(token) ?? [];
	return quote + "_".repeat(token.length - 2 * quote.length) + quote;
}

type OffsetOf = (position: AST.Position) => number;

function offsetsOf(text: string): OffsetOf {
	const starts = [0];
	for (const newline of text.matchAll(/\r\n?|\n/g)) starts.push(newline.index + newline[0].length);
	return ({ line, column }) => (starts[line - 1] ?? 0) + column;
}

function readStatement(text: string, statement: AST.Statement, offsetOf: OffsetOf): string | Reference {
	const start = offsetOf(statement.loc.start);
	if (isContent(statement)) return text.slice(start, start + statement.value.length);
	const end = offsetOf(statement.loc.end);
	const refused = refusalOf(statement);
	if (refused !== undefined || !isMustache(statement))
		throw new TemplateMistake(start, refused ?? explainAt(text, start));
	return readChoices({ text, start, end, offsetOf }, [statement.path, ...statement.params]);
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

/** Undefined for what may stand between braces, and for what its text explains better than its kind. */
function refusalOf(statement: AST.Statement): string | undefined {
	if (!isMustache(statement)) return PATHS_ONLY;
	const { path, escaped, strip } = statement;
	if (!escaped) return "Write two braces, as in {{ inputs.name }}, and a space between them and a brace of the text.";
	if (strip.open || strip.close) return "Remove the ~: white space around a reference is kept.";
	return isPath(path) ? refusalOfPath(path) : undefined;
}

function refusalOfPath(path: AST.PathExpression): string | undefined {
	if (!path.data && path.depth === 0 && !/^(?:this\b|\.)|\//.test(path.original)) return undefined;
	return "Write the whole path with dots, from its root, as in {{ steps.test.output }}.";
}

interface Mustache {
	text: string;
	start: number;
	end: number;
	offsetOf: OffsetOf;
}

/** The last choice may be any value that is written out; what comes before it leads somewhere or not. */
function readChoices(mustache: Mustache, expressions: readonly AST.Expression[]): Reference {
	const { text, start, end, offsetOf } = mustache;
	const spans = expressions.map(({ loc }) => ({ start: offsetOf(loc.start), end: offsetOf(loc.end) }));
	const gaps = [...spans, { start: end - 2, end }].map((span, index) =>
		text.slice(index === 0 ? start + 2 : spans[index - 1]?.end, span.start),
	);
	const isWhole = gaps.every((gap, index) => gap.trim() === (index === 0 || index === spans.length ? "" : "??"));
	if (!isWhole) throw new TemplateMistake(start, explainAt(text, start));
	const read = expressions.reduceRight<Reference | Literal | undefined>((otherwise, expression, index) => {
		const span = spans[index] ?? mustache;
		if (isPath(expression)) return readPath(mustache, { expression, span }, otherwise);
		if (otherwise !== undefined) throw new TemplateMistake(start, index === 0 ? explainAt(text, start) : DEFAULT_FORM);
		return readLiteral(mustache, { expression, span });
	}, undefined);
	if (read === undefined || !("path" in read)) throw new TemplateMistake(start, explainAt(text, start));
	return read;
}

interface Choice<Expression extends AST.Expression = AST.Expression> {
	expression: Expression;
	span: Span;
}

function readPath(
	{ text, start, end }: Mustache,
	{ expression, span }: Choice<AST.PathExpression>,
	otherwise: Reference | Literal | undefined,
): Reference {
	const refused = refusalOfPath(expression);
	if (refused !== undefined) throw new TemplateMistake(start, refused);
	const parts = splitPath(text.slice(span.start, span.end), span.start);
	const path = parts.map((part) => unbracket(text.slice(part.start, part.end)));
	return { path, start, end, parts, ...(otherwise && { otherwise }) };
}

function readLiteral({ text: whole, start }: Mustache, { expression, span }: Choice): Literal {
	const text = whole.slice(span.start, span.end);
	switch (expression.type) {
		case "StringLiteral":
			if (/[{}]/.test(text)) throw new TemplateMistake(start, NO_BRACES);
			return { value: text.slice(1, -1), text };
		case "NumberLiteral":
			return { value: Number(text), text };
		case "BooleanLiteral":
			return { value: text === "true", text };
		case "NullLiteral":
			return { value: null, text };
		default:
			throw new TemplateMistake(start, DEFAULT_FORM);
	}
}

export function splitPath(source: string, offset: number): Span[] {
	return [...source.matchAll(/\[[^\]]*\]|[^.[\]]+/g)].map((part) => ({
		start: offset + part.index,
		end: offset + part.index + part[0].length,
	}));
}

function unbracket(part: string): string {
	return part.startsWith("[") ? part.slice(1, -1) : part;
}

function explainAt(text: string, start: number): string {
	const end = text.indexOf("}}", start);
	return explainMistake(text.slice(start + 2, end < 0 ? undefined : end), parses);
}

/** The parser names tokens of its grammar; people want the place. So the references are tried one by one. */
function findMistake(text: string): TextProblem {
	for (const mustache of text.matchAll(/(?<!(?<!\\)\\)\{\{(?:[^{}]*\}\})?/g)) {
		const [source] = mustache;
		if (!source.endsWith("}}"))
			return describeMistake(text, new TemplateMistake(mustache.index, explainOpen(text, mustache.index)));
		if (!parses(source))
			return describeMistake(text, new TemplateMistake(mustache.index, explainMistake(source.slice(2, -2), parses)));
	}
	return { line: 1, column: 1, message: PATHS_ONLY };
}

/** Braces inside the braces, as in a default of `"{}"`, or no end at all. */
function explainOpen(text: string, start: number): string {
	const end = text.indexOf("}}", start);
	if (end < 0) return NEVER_CLOSED;
	return text.slice(start, end).includes("??") ? NO_BRACES : PATHS_ONLY;
}

function parses(source: string): boolean {
	try {
		parseWithoutProcessing(cover(source));
		return true;
	} catch {
		return false;
	}
}
