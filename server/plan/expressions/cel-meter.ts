import { type ASTNode, EvaluationError } from "@marcbachmann/cel-js";
import { childrenOf } from "./cel-paths";
import { findMatch } from "./find-match";

/** What one evaluation may do: about one unit for each part evaluated and each value compared, some 0.5 s in all. */
export const MAX_WORK = 2_000_000;
const CHARS_PER_UNIT = 16;
/** An error is slow to make, and some macros pass over one for each item. */
const ERROR_UNITS = 50;

/**
 * Evaluates a parsed expression and stops it once it has done too much: macros inside macros, and operators on long
 * lists and texts, can take for ever with few words. `matches` is answered by a matcher that never backtracks.
 *
 * The library counts nothing itself, but evaluates each node through the node's own `evaluate`: that is replaced here.
 * @throws Error when the work is too much, and whatever `evaluate` throws
 */
export function meterCel<Value>(ast: ASTNode, evaluate: () => Value): Value {
	const meter = meters.get(ast) ?? attachMeter(ast);
	meter.left = MAX_WORK;
	try {
		return evaluate();
	} finally {
		// `||` and `exists` pass over errors, this one too.
		if (meter.left < 0) throwTooMuch();
	}
}

interface Meter {
	left: number;
}

type Evaluate = (evaluator: unknown, node: ASTNode, context: unknown) => unknown;

const meters = new WeakMap<ASTNode, Meter>();
/** Made once: it may be thrown for each of a million items. */
const TOO_MUCH = new Error("The expression takes too long. Use shorter lists and texts, or a Transform step.");
/** They look at all of their operands; any other node takes as long however large the values are. */
const THOROUGH = new Set<string>(["==", "!=", "<", "<=", ">", ">=", "in", "+", "call", "rcall"]);
const BRIEF_FUNCTIONS = new Set(["all", "exists", "exists_one", "map", "filter", "bind", "size", "has", "type", "dyn"]);

function attachMeter(ast: ASTNode): Meter {
	const meter = { left: MAX_WORK };
	meters.set(ast, meter);
	wrapNode(ast, meter, false);
	return meter;
}

function wrapNode(node: ASTNode, meter: Meter, weighsValue: boolean): void {
	let inner = evaluateOf(node);
	const metered: Evaluate = (evaluator, self, context) => {
		spend(meter, 1);
		const value = evaluateMatches(meter, node, { evaluator, context }) ?? evaluate([evaluator, self, context]);
		if (weighsValue) spend(meter, weigh(value, meter.left));
		return value;
	};
	const evaluate = (args: Parameters<Evaluate>): unknown =>
		isHas(node) ? askFor(() => run(inner, args)) : run(inner, args);
	const run = (evaluate: Evaluate, args: Parameters<Evaluate>): unknown => {
		try {
			return Reflect.apply(evaluate, node, args);
		} catch (error) {
			spend(meter, ERROR_UNITS);
			throw error;
		}
	};
	// On its first evaluation a node puts a quicker function in the place of its own.
	Object.defineProperty(node, "evaluate", {
		get: () => metered,
		set(quicker: unknown) {
			if (isEvaluate(quicker)) inner = quicker;
		},
	});
	for (const child of childrenOf(node)) wrapNode(child, meter, isThorough(node));
}

function isHas(node: ASTNode): boolean {
	return node.op === "call" && node.args[0] === "has";
}

/** A value is not there either where something on the way to it is not: a step that did not run has no output. */
function askFor(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch (error) {
		if (error instanceof EvaluationError && error.summary.startsWith("No such key")) return false;
		throw error;
	}
}

function isThorough(node: ASTNode): boolean {
	if (node.op === "call" || node.op === "rcall") return !BRIEF_FUNCTIONS.has(node.args[0]);
	return THOROUGH.has(node.op);
}

function spend(meter: Meter, units: number): void {
	meter.left -= units;
	if (meter.left < 0) throwTooMuch();
}

function throwTooMuch(): never {
	throw TOO_MUCH;
}

/** Undefined for any other node, and for operands that are no texts: the library explains those. */
function evaluateMatches(
	meter: Meter,
	node: ASTNode,
	{ evaluator, context }: { evaluator: unknown; context: unknown },
): boolean | undefined {
	if (node.op !== "rcall" || node.args[0] !== "matches") return undefined;
	const [text, pattern] = [node.args[1], ...node.args[2]].map((operand) =>
		Reflect.apply(evaluateOf(operand), operand, [evaluator, operand, context]),
	);
	if (typeof text !== "string" || typeof pattern !== "string") return undefined;
	return findMatch(text, pattern, (units) => spend(meter, units));
}

/** How much there is of a value, all its parts included; no more than `enough` is counted. */
function weigh(value: unknown, enough: number): number {
	let units = 0;
	const open = [value];
	while (open.length > 0 && units <= enough) {
		const next = open.pop();
		units += 1;
		if (typeof next === "string") units += next.length / CHARS_PER_UNIT;
		else if (Array.isArray(next) || next instanceof Map) for (const item of next.values()) open.push(item);
		else if (typeof next === "object" && next !== null) for (const item of Object.values(next)) open.push(item);
	}
	return units;
}

function evaluateOf(node: ASTNode): Evaluate {
	const found: unknown = Reflect.get(node, "evaluate");
	if (!isEvaluate(found))
		throw new Error("The CEL library no longer evaluates node by node: its work cannot be bounded.");
	return found;
}

function isEvaluate(value: unknown): value is Evaluate {
	return typeof value === "function";
}
