import type { ASTNode } from "@marcbachmann/cel-js";
import { celReferences, compileCel } from "../../../plan/expressions/cel";
import { evaluateCel } from "../../../plan/expressions/evaluate-cel";
import { formatCelPath, lookUp, type Scope, UnknownReferenceError } from "../../../plan/expressions/scope";
import { shorten } from "../../../plan/values/text-problem";

/** Why a filter lets a request pass no further, in a sentence; undefined where it lets it pass. */
export function explainFilter(filter: string, scope: Scope): string | undefined {
	const found = evaluate(filter, scope);
	if (found.value === true) return undefined;
	if (found.failure !== undefined) return `The filter could not be worked out. ${found.failure}`;
	if (found.value !== false) return `The filter gave ${shorten(JSON.stringify(found.value), 60)}, not true or false.`;
	const parts = conditionsOf(filter);
	const first = parts.findIndex((part) => evaluate(part, scope).value !== true);
	const part = parts[first] ?? filter;
	const count = parts.length > 1 ? ` Condition ${first + 1} of ${parts.length}.` : "";
	return `${shorten(part, 200)} was false${describeValues(part, scope)}.${count}`;
}

function evaluate(text: string, scope: Scope): { value?: unknown; failure?: string } {
	try {
		return { value: evaluateCel(text, scope) };
	} catch (error) {
		return { failure: error instanceof Error ? error.message : String(error) };
	}
}

/** What stands between the `&&` of an expression, in order. */
function conditionsOf(filter: string): string[] {
	const { program } = compileCel(filter);
	return program ? split(program.ast).map(({ start, end }) => filter.slice(start, end).trim()) : [filter];
}

function split(node: ASTNode): ASTNode[] {
	return node.op === "&&" ? node.args.flatMap(split) : [node];
}

const MOST_VALUES = 3;

/** `: trigger.body.amount is 42` */
function describeValues(part: string, scope: Scope): string {
	const told = new Map<string, string>();
	for (const { path } of celReferences(part)) {
		const name = formatCelPath(path);
		if (told.size < MOST_VALUES) told.set(name, `${name} ${valueAt(path, scope)}`);
	}
	return told.size === 0 ? "" : `: ${[...told.values()].join(", ")}`;
}

function valueAt(path: readonly string[], scope: Scope): string {
	try {
		return `is ${shorten(JSON.stringify(lookUp(path, scope)), 80)}`;
	} catch (error) {
		if (error instanceof UnknownReferenceError) return "is not there";
		throw error;
	}
}
