import { fieldOf, unwrap } from "./stage-text";

/** A field of a stage's result that a condition reads, with what it is compared with. */
export interface ReadField {
	/** Undefined for the stage at whose end the condition is asked. */
	stage: string | undefined;
	path: readonly string[];
	type: "boolean" | "number" | "string";
}

/** What a condition names, and how that is written in CEL. */
export interface ConditionNames {
	field(field: ReadField): string;
	variable(path: readonly string[]): string;
	/** The number of the round, from 1. */
	round: string;
}

interface Reading {
	tokens: string[];
	at: number;
	names: ConditionNames;
}

const TOKEN =
	/\s*(?:(\$\{[^{}]*\}|\$?[A-Za-z_][\w-]*(?:\.[\w-]+)*|\$(?:\.[\w-]+)+|-?\d+(?:\.\d+)?|"[^"\\\n]*"|'[^'\\\n]*'|===|!==|==|!=|<=|>=|&&|\|\||[<>!()=]))/gy;

/**
 * `$.done == true`, `stages.check.passed and not vars.dry_run`: a condition on the result of a stage as a CEL expression;
 * undefined for what is none, such as a sentence.
 */
export function translateCondition(text: string, names: ConditionNames): string | undefined {
	const tokens = readTokens(text);
	if (!tokens || tokens.length === 0 || tokens.length > 200) return undefined;
	const reading: Reading = { tokens, at: 0, names };
	const expression = readEither(reading, 0);
	return reading.at === tokens.length ? expression : undefined;
}

function readTokens(text: string): string[] | undefined {
	const found = [...text.matchAll(TOKEN)];
	const last = found.at(-1);
	const end = last ? last.index + last[0].length : 0;
	return end < text.trimEnd().length ? undefined : found.map(([, token = ""]) => unwrap(token));
}

function take(reading: Reading, ...wanted: string[]): boolean {
	const isThere = wanted.includes(reading.tokens[reading.at] ?? "");
	if (isThere) reading.at += 1;
	return isThere;
}

function readEither(reading: Reading, depth: number): string | undefined {
	const sides = [readBoth(reading, depth)];
	while (take(reading, "||", "or")) sides.push(readBoth(reading, depth));
	return sides.includes(undefined) ? undefined : sides.join(" || ");
}

function readBoth(reading: Reading, depth: number): string | undefined {
	const sides = [readOne(reading, depth)];
	while (take(reading, "&&", "and")) sides.push(readOne(reading, depth));
	return sides.includes(undefined) ? undefined : sides.join(" && ");
}

const MAX_DEPTH = 20;

function readOne(reading: Reading, depth: number): string | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (take(reading, "!", "not")) {
		const inner = readOne(reading, depth + 1);
		return inner === undefined ? undefined : `!(${inner})`;
	}
	if (take(reading, "(")) {
		const inner = readEither(reading, depth + 1);
		return inner !== undefined && take(reading, ")") ? `(${inner})` : undefined;
	}
	return readComparison(reading);
}

const COMPARISONS = new Map([
	...["==", "===", "="].map((each) => [each, "=="] as const),
	...["!=", "!=="].map((each) => [each, "!="] as const),
	...["<", "<=", ">", ">="].map((each) => [each, each] as const),
]);

function readComparison(reading: Reading): string | undefined {
	const left = reading.tokens[reading.at++];
	const operator = COMPARISONS.get(reading.tokens[reading.at] ?? "");
	if (left === undefined) return undefined;
	if (operator === undefined)
		return isLiteral(left) && !isTruth(left) ? undefined : writeOperand(reading, left, "boolean");
	reading.at += 1;
	const right = reading.tokens[reading.at++];
	if (right === undefined) return undefined;
	const type = typeOf(isLiteral(right) ? right : left);
	const sides = [left, right].map((side) => writeOperand(reading, side, type));
	return sides.includes(undefined) ? undefined : sides.join(` ${operator} `);
}

function typeOf(literal: string): ReadField["type"] {
	if (/^["']/.test(literal)) return "string";
	return /^-?\d/.test(literal) ? "number" : "boolean";
}

function isTruth(token: string): boolean {
	return token === "true" || token === "false";
}

function isLiteral(token: string): boolean {
	return isTruth(token) || /^(?:-?\d|["'])/.test(token);
}

const WORDS = new Set(["and", "or", "not", "null"]);

function writeOperand({ names }: Reading, token: string, type: ReadField["type"]): string | undefined {
	if (/^["']/.test(token)) return JSON.stringify(token.slice(1, -1));
	if (isLiteral(token)) return token;
	if (!/^[$A-Za-z_]/.test(token) || WORDS.has(token)) return undefined;
	const [root = "", ...path] = token.split(".");
	if (root === "vars") return path.length > 0 ? names.variable(path) : undefined;
	if (root === "iteration" || root === "iter") return path.length === 0 ? names.round : undefined;
	const isOfStage = root === "stages" || (root === "$" && path[0] === "stages");
	const [stage, ...rest] = root === "$" && isOfStage ? path.slice(1) : path;
	if (isOfStage) return stage === undefined ? undefined : writeField(names, { stage, path: fieldOf(rest), type });
	if (/^\$./.test(root)) return undefined;
	return writeField(names, { stage: undefined, path: fieldOf(root === "$" ? path : [root, ...path]), type });
}

function writeField(names: ConditionNames, field: ReadField): string | undefined {
	return field.path.length === 0 ? undefined : names.field(field);
}
