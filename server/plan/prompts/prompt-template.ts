import { type AST, parse } from "@handlebars/parser";
import { cacheByText } from "../expressions/text-cache";
import { FORBIDDEN_KEYS } from "../values/forbidden-keys";
import type { TextProblem } from "../values/text-problem";
import { explainGrammar } from "./explain-grammar";
import { PROMPT_LIMITS } from "./prompt-limits";

/** What a template is made of. Literal text is without the white space that lines of blocks leave. */
export type PromptPart = string | PromptValue | PromptBlock;

export interface PromptValue {
	kind: "value";
	path: PromptPath;
}

export interface PromptBlock {
	kind: (typeof BLOCKS)[number];
	path: PromptPath;
	body: readonly PromptPart[];
	otherwise: readonly PromptPart[];
}

export interface PromptPath {
	/** How many scopes further out it begins: `../` each. */
	up: number;
	/** The name behind `@`: a value of the repetition around, or `root`. */
	data?: (typeof DATA)[number];
	parts: readonly string[];
	line: number;
	column: number;
}

const BLOCKS = ["each", "if", "unless", "with"] as const;
const DATA = ["index", "first", "last", "key", "root"] as const;

export type ParsedTemplate =
	| { parts: readonly PromptPart[]; problem?: undefined }
	| { parts?: undefined; problem: TextProblem };

/**
 * Reads the body of a prompt: the Handlebars grammar, of it paths, `#each`, `#if`, `#unless`, `#with`, `else` and comments.
 * Nothing of it is compiled; what it says is walked by `renderPrompt`. Tells the first mistake.
 */
export const parsePromptTemplate: (text: string) => ParsedTemplate = cacheByText(readTemplate);

function readTemplate(text: string): ParsedTemplate {
	try {
		return { parts: readBody(parse(text).body, 0) };
	} catch (error) {
		if (error instanceof Refusal) return { problem: error.problem };
		if (error instanceof RangeError) return { problem: { line: 1, column: 1, message: TOO_DEEP } };
		return { problem: explainGrammar(text, error) };
	}
}

const TOO_DEEP = `Blocks stand at most ${PROMPT_LIMITS.depth} deep inside each other.`;

class Refusal extends Error {
	readonly problem: TextProblem;
	constructor({ loc }: AST.Node, message: string) {
		super(message);
		this.problem = { line: loc.start.line, column: loc.start.column + 1, message };
	}
}

function readBody(statements: readonly AST.Statement[], depth: number): PromptPart[] {
	return statements.flatMap((statement) => readStatement(statement, depth));
}

function readStatement(statement: AST.Statement, depth: number): PromptPart[] {
	if (isKind<AST.ContentStatement>(statement, "ContentStatement")) return statement.value ? [statement.value] : [];
	if (isKind<AST.CommentStatement>(statement, "CommentStatement")) return [];
	if (isKind<AST.MustacheStatement>(statement, "MustacheStatement")) return [readValue(statement)];
	if (isKind<AST.BlockStatement>(statement, "BlockStatement")) return [readBlock(statement, depth)];
	throw new Refusal(statement, "Prompts cannot include each other. Write the text here.");
}

function isKind<Node extends AST.Node>(
	node: AST.Node,
	type: Node extends { type: infer Type } ? Type : never,
): node is Node {
	return node.type === type;
}

function readValue(statement: AST.MustacheStatement): PromptValue {
	const { path, params, hash, escaped } = statement;
	if (!escaped) throw new Refusal(statement, "Write two braces, as in {{name}}: nothing is escaped in a prompt.");
	if (params.length > 0 || hash) throw new Refusal(statement, NO_HELPERS);
	return { kind: "value", path: readPath(statement, path) };
}

const NO_HELPERS = `Only a path stands between braces, as in {{name}}, or one of ${BLOCKS.map((block) => `#${block}`).join(", ")}.`;

function readBlock(statement: AST.BlockStatement, depth: number): PromptBlock {
	const { path, params, hash, program, inverse } = statement;
	const kind = BLOCKS.find((block) => block === path.original);
	if (kind === undefined || !program)
		throw new Refusal(statement, `There is no block “${path.original}”. ${NO_HELPERS}`);
	if (depth >= PROMPT_LIMITS.depth) throw new Refusal(statement, TOO_DEEP);
	const [subject, ...more] = params;
	if (!subject || more.length > 0 || hash) throw new Refusal(statement, `Write one path, as in {{#${kind} name}}.`);
	if (program.blockParams?.length > 0)
		throw new Refusal(statement, "Leave “as |…|” out: inside, this is the item, and ../ leads out of it.");
	return {
		kind,
		path: readPath(statement, subject),
		body: readBody(program.body, depth + 1),
		otherwise: readBody(inverse?.body ?? [], depth + 1),
	};
}

function readPath(at: AST.Node, expression: AST.Expression): PromptPath {
	if (!isKind<AST.PathExpression>(expression, "PathExpression")) throw new Refusal(at, NO_HELPERS);
	const { data, depth, parts, loc } = expression;
	const names = parts.filter((part) => typeof part === "string");
	if (names.length < parts.length) throw new Refusal(at, NO_HELPERS);
	const forbidden = names.find((name) => FORBIDDEN_KEYS.has(name));
	if (forbidden !== undefined) throw new Refusal(at, `No variable can be called ${forbidden}.`);
	const place = { up: depth, line: loc.start.line, column: loc.start.column + 1 };
	if (!data) return { ...place, parts: names };
	const known = DATA.find((name) => name === names[0]);
	if (!known)
		throw new Refusal(at, `There is no @${names[0] ?? ""}. Use one of ${DATA.map((name) => `@${name}`).join(", ")}.`);
	return { ...place, data: known, parts: names.slice(1) };
}
