import type { ASTNode } from "@marcbachmann/cel-js";
import type { Json } from "../values/json";
import { readBoolean, readNumber, toText } from "../values/value-text";
import { compileCel } from "./cel";
import { pathOf } from "./cel-paths";
import type { Literal, Reference } from "./reference";
import type { Rule, RuleOperator } from "./rules";
import { formatCelPath, formatPath, isReferenceRoot } from "./scope";
import { parseTemplate } from "./template";

/** How the rules of a condition are joined. */
export type Match = "all" | "any";

export interface RuleSet {
	match: Match;
	rules: Rule[];
}

/** The CEL expression that says what rules say. An expression does not convert: numbers and truths are written as such. */
export function writeRules({ match, rules }: { match: Match; rules: readonly Rule[] }): string {
	const parts = rules.map((rule) => writeRule(rule));
	const isJoined = parts.length > 1;
	return parts
		.map(({ text, isLoose }) => (isLoose && isJoined ? `(${text})` : text))
		.join(match === "all" ? " && " : " || ");
}

interface Written {
	text: string;
	/** It needs brackets around it beside others. */
	isLoose?: boolean;
}

const COMPARISONS = {
	equals: "==",
	"not-equals": "!=",
	greater: ">",
	"greater-or-equal": ">=",
	less: "<",
	"less-or-equal": "<=",
} as const satisfies Partial<Record<RuleOperator, string>>;

const METHODS = { contains: "contains", "starts-with": "startsWith", "ends-with": "endsWith" } as const;

function writeRule({ left, operator, right = "" }: Rule): Written {
	const subject = writeValue(left);
	switch (operator) {
		case "is-empty":
			return { text: `!has(${subject}) || ${subject} == ""`, isLoose: true };
		case "is-not-empty":
			return { text: `has(${subject}) && ${subject} != ""`, isLoose: true };
		case "is-one-of":
			return { text: `${subject} in ${writeList(right)}` };
		case "is-not-one-of":
			return { text: `!(${subject} in ${writeList(right)})` };
		case "not-contains":
			return { text: `!${subject}.contains(${quote(right)})` };
		case "contains":
		case "starts-with":
		case "ends-with":
			return { text: `${subject}.${METHODS[operator]}(${quote(right)})` };
		default:
			return { text: `${subject} ${COMPARISONS[operator]} ${writeValue(right)}` };
	}
}

/** A list, or a text with commas or lines between its items. */
function writeList(value: Json): string {
	if (typeof value === "string" && wholeReference(value)) return writeValue(value);
	const items = Array.isArray(value)
		? value
		: toText(value)
				.split(/[,\n]/)
				.map((item) => item.trim());
	return `[${items
		.filter((item) => item !== "")
		.map(writeValue)
		.join(", ")}]`;
}

function quote(value: Json): string {
	return typeof value === "string" ? writeText(value) : JSON.stringify(toText(value));
}

function writeValue(value: Json): string {
	if (typeof value !== "string") return JSON.stringify(value);
	const literal = readBoolean(value) ?? readNumber(value);
	return literal === undefined ? writeText(value) : JSON.stringify(literal);
}

/** References bare, and between texts as texts. */
function writeText(text: string): string {
	const whole = wholeReference(text);
	if (whole) return writeReference(whole);
	const { parts = [text] } = parseTemplate(text);
	const written = parts.map((part) =>
		typeof part === "string" ? JSON.stringify(part) : `string(${writeReference(part)})`,
	);
	return written.length === 0 ? '""' : written.join(" + ");
}

/** CEL has no `??`: what may be missing is asked for first. */
function writeReference(reference: Reference | Literal): string {
	if (!("path" in reference)) return JSON.stringify(reference.value);
	const path = formatCelPath(reference.path);
	return reference.otherwise ? `(has(${path}) ? ${path} : ${writeReference(reference.otherwise)})` : path;
}

function wholeReference(text: string): Reference | undefined {
	const { parts = [] } = parseTemplate(text.trim());
	const [only, ...others] = parts;
	return typeof only === "object" && others.length === 0 ? only : undefined;
}

/** The rules that an expression consists of; nothing for one that says more than rules can. */
export function readRules(expression: string): RuleSet | undefined {
	const { program } = compileCel(expression);
	if (!program) return undefined;
	const { ast } = program;
	const match: Match = ast.op === "||" && !readEmptiness(ast) ? "any" : "all";
	const parts = splitAt(ast, match === "all" ? "&&" : "||").map(readRule);
	const rules = parts.filter((rule) => rule !== undefined);
	return rules.length === parts.length && rules.length <= 20 ? { match, rules } : undefined;
}

function splitAt(node: ASTNode, operator: "&&" | "||"): ASTNode[] {
	if (node.op !== operator || readEmptiness(node)) return [node];
	return node.args.flatMap((side) => splitAt(side, operator));
}

function readRule(node: ASTNode): Rule | undefined {
	switch (node.op) {
		case "==":
		case "!=":
		case "<":
		case "<=":
		case ">":
		case ">=":
			return readComparison(node.op, node.args);
		case "in":
			return readMembership(node.args);
		case "rcall":
			return readMethod(node.args);
		case "!_":
			return negate(readRule(node.args));
		default:
			return readEmptiness(node);
	}
}

type Comparison = (typeof COMPARISONS)[keyof typeof COMPARISONS];

const OPERATORS: Readonly<Record<Comparison, RuleOperator>> = {
	"==": "equals",
	"!=": "not-equals",
	">": "greater",
	">=": "greater-or-equal",
	"<": "less",
	"<=": "less-or-equal",
};
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
	"==": "==",
	"!=": "!=",
	">": "<",
	">=": "<=",
	"<": ">",
	"<=": ">=",
};

/** The reference stands at the left of a rule, wherever it stands in the expression. */
function readComparison(operator: Comparison, [left, right]: readonly [ASTNode, ASTNode]): Rule | undefined {
	const subject = readReference(left);
	const value = readValue(right);
	if (subject !== undefined) return value && { left: subject, operator: OPERATORS[operator], right: value.value };
	const mirrored = readReference(right);
	const other = readValue(left);
	if (mirrored === undefined || !other) return undefined;
	return { left: mirrored, operator: OPERATORS[MIRRORED[operator]], right: other.value };
}

function readMembership([item, list]: readonly [ASTNode, ASTNode]): Rule | undefined {
	const left = readReference(item);
	const right = readReference(list) ?? (list.op === "list" ? readItems(list.args) : undefined);
	return left === undefined || right === undefined ? undefined : { left, operator: "is-one-of", right };
}

function readItems(nodes: readonly ASTNode[]): Json[] | undefined {
	const items = nodes.map(readValue).filter((item) => item !== undefined);
	return items.length === nodes.length ? items.map(({ value }) => value) : undefined;
}

function readMethod([name, object, args]: readonly [string, ASTNode, readonly ASTNode[]]): Rule | undefined {
	const left = readReference(object);
	const [operator] = Object.entries(METHODS).find(([, method]) => method === name) ?? [];
	const [argument, ...others] = args;
	const right = argument && others.length === 0 ? readValue(argument) : undefined;
	if (left === undefined || !right || !isMethod(operator)) return undefined;
	return { left, operator, right: right.value };
}

function isMethod(name: string | undefined): name is keyof typeof METHODS {
	return name !== undefined && Object.hasOwn(METHODS, name);
}

const OPPOSITES: Partial<Record<RuleOperator, RuleOperator>> = {
	equals: "not-equals",
	contains: "not-contains",
	"is-one-of": "is-not-one-of",
};

function negate(rule: Rule | undefined): Rule | undefined {
	const operator = rule && OPPOSITES[rule.operator];
	return rule && operator && { ...rule, operator };
}

/** As `writeRules` puts it: `!has(x) || x == ""` and `has(x) && x != ""`. */
function readEmptiness(node: ASTNode): Rule | undefined {
	if (node.op !== "||" && node.op !== "&&") return undefined;
	const [presence, comparison] = node.args;
	const isEmpty = node.op === "||";
	const check = isEmpty && presence.op === "!_" ? presence.args : presence;
	if ((isEmpty && presence.op !== "!_") || check.op !== "call" || check.args[0] !== "has") return undefined;
	if (comparison.op !== (isEmpty ? "==" : "!=")) return undefined;
	const [argument] = check.args[1];
	const left = argument && readReference(argument);
	const [subject, text] = comparison.args;
	if (left === undefined || readReference(subject) !== left || readValue(text)?.value !== "") return undefined;
	return { left, operator: isEmpty ? "is-empty" : "is-not-empty" };
}

function readReference(node: ASTNode): string | undefined {
	const path = pathOf(node)?.path;
	return path && isReferenceRoot(path[0]) && path.length > 1 ? `{{ ${formatPath(path)} }}` : undefined;
}

/** A literal, or a reference as text. */
function readValue(node: ASTNode): { value: Json } | undefined {
	const reference = readReference(node);
	if (reference !== undefined) return { value: reference };
	if (node.op === "-_") {
		const positive = readValue(node.args)?.value;
		return typeof positive === "number" ? { value: -positive } : undefined;
	}
	if (node.op !== "value") return undefined;
	const literal: unknown = node.args;
	if (typeof literal === "bigint") return { value: Number(literal) };
	const isPlain = typeof literal === "string" || typeof literal === "number" || typeof literal === "boolean";
	return isPlain ? { value: literal } : undefined;
}
