import {
	TypeError as CelTypeError,
	Environment,
	EvaluationError,
	ParseError,
	type ParseResult,
} from "@marcbachmann/cel-js";
import { placeOf, shorten, type TextProblem } from "../values/text-problem";
import { celPaths, pathOf } from "./cel-paths";
import type { Reference } from "./reference";
import { ExpressionError, formatPath, REFERENCE_ROOTS, UnknownReferenceError } from "./scope";
import { cacheByText } from "./text-cache";

/** The first mistake of a CEL expression, with its place; none when it can be evaluated. */
export function celProblems(text: string): TextProblem[] {
	const { problem } = compileCel(text);
	return problem ? [problem] : [];
}

/** The paths of an expression that begin with a root such as `steps`; variables of macros are no references. */
export function celReferences(text: string): readonly Reference[] {
	return compileCel(text).references;
}

type Compiled =
	| { program: ParseResult; references: readonly Reference[]; problem?: undefined }
	| { program?: undefined; references: readonly Reference[]; problem: TextProblem };

const MAX_CHARS = 10_000;

const ARITHMETIC: Record<string, (left: number, right: number) => number> = {
	"+": (left, right) => left + right,
	"-": (left, right) => left - right,
	"*": (left, right) => left * right,
	"/": (left, right) => left / right,
	"%": (left, right) => left % right,
};

const environment = createEnvironment();

/** An expression ready to be evaluated, or its first mistake. The same text gives the same program as long as it is kept. */
export const compileCel: (text: string) => Compiled = cacheByText(compile);

function compile(text: string): Compiled {
	if (text.length > MAX_CHARS)
		return refuse({ line: 1, column: 1, message: `An expression holds at most ${MAX_CHARS} characters.` });
	if (text.trim() === "") return refuse({ line: 1, column: 1, message: "Enter an expression." });
	try {
		const program = environment.parse(text);
		const references = celPaths(program.ast);
		const { error } = program.check();
		return error ? { ...refuse(describeProblem(text, error)), references } : { program, references };
	} catch (error) {
		return refuse(describeProblem(text, error));
	}
}

function refuse(problem: TextProblem): Compiled & { problem: TextProblem } {
	return { problem, references: [] };
}

/** CEL keeps int and double apart, but JSON has one kind of number: `iteration.index + 1` must work. */
function createEnvironment(): Environment {
	const made = new Environment({ homogeneousAggregateLiterals: false, limits: { maxAstNodes: 5_000, maxDepth: 100 } });
	for (const root of REFERENCE_ROOTS) made.registerVariable(root, "dyn");
	for (const [operator, apply] of Object.entries(ARITHMETIC)) {
		made.registerOperator(`double ${operator} int`, (left, right) => apply(Number(left), Number(right)));
		made.registerOperator(`int ${operator} double`, (left, right) => apply(Number(left), Number(right)));
	}
	return made.registerOperator("double % double", (left, right) => left % right);
}

/** What went wrong while an expression was evaluated, in words for its author. */
export function explainFailure(text: string, error: unknown): Error {
	if (
		error instanceof EvaluationError &&
		(error.code === "unknown_variable" || error.summary.startsWith("No such key"))
	) {
		const path = error.node && pathOf(error.node)?.path;
		if (path) return new UnknownReferenceError(formatPath(path), formatPath(path));
	}
	return new ExpressionError(describeProblem(text, error));
}

function describeProblem(text: string, error: unknown): TextProblem {
	if (error instanceof RangeError) return { line: 1, column: 1, message: "The expression is nested too deeply." };
	if (!isCelError(error))
		return { line: 1, column: 1, message: error instanceof Error ? error.message : String(error) };
	const place = placeOf(text, error.range?.start ?? 0);
	if (text.includes("{{") && error instanceof ParseError)
		return { ...place, message: "Write references without {{ }} here, as in steps.test.output.exitCode == 0." };
	if (error instanceof ParseError) return { ...place, message: explainParse(text, error) };
	return { ...place, message: explainName(error.summary) ?? `${error.summary}.` };
}

/** What people call values and functions out of habit, with what they are called in CEL. */
const HABITS: ReadonlyMap<string, string> = new Map([
	...["undefined", "None", "nil", "NULL"].map((name) => [name, `Write null, not ${name}.`] as const),
	["True", "Write true, not True."],
	["False", "Write false, not False."],
	...["len", "length", "count"].map((name) => [name, `Write size(…), not ${name}(…).`] as const),
	["includes", "Write contains(…), not includes(…)."],
	["lower", "Write lowerAscii(), not lower()."],
]);

function explainName(summary: string): string | undefined {
	const [, variable, method] =
		/^(?:Unknown variable: ([^\s.]+)|found no matching overload for '(?:\w+\.)?(\w+)\()/.exec(summary) ?? [];
	if (variable === undefined) return method === undefined ? undefined : HABITS.get(method);
	const advice = `${variable} is not known. A text stands in quotes, as in "${variable}"; a value begins with its root, as in inputs.${variable}.`;
	return HABITS.get(variable) ?? advice;
}

const MISPLACED = new Set(["unexpected_token", "expected_token", "unexpected_character"]);
const UNCLOSED = new Set(["unterminated_string", "unterminated_triple_quoted_string", "newline_in_string"]);

/** Operators of other languages. */
const OPERATORS: readonly (readonly [RegExp, string])[] = [
	[/!==/, "Use !=, not !==."],
	[/===/, "Use ==, not ===."],
	[/\?\?/, 'Ask with has(), as in has(inputs.name) ? inputs.name : "none".'],
	[/=>/, "Functions cannot be written here."],
	[/(?:^|[^=!<>])=(?:[^=]|$)/, "Use == to compare."],
	[/\band\b/i, "Use &&, not and."],
	[/\bor\b/i, "Use ||, not or."],
	[/\bnot\b/i, "Use !, not not."],
	[/\bis\b/i, "Use == to compare, as in inputs.name == null."],
	[/\btypeof\b/, "Use type(), as in type(inputs.name) == string."],
];

/** What stands where the parser stopped: the word or the sign there, and what is just before it. */
function writtenAround(text: string, at: number): string {
	const before = text.slice(Math.max(0, at - 20), at);
	const last =
		before
			.trimEnd()
			.split(/[\s"']/)
			.at(-1) ?? "";
	const [behind = ""] = /^(?:\w+|[=!?>]+)?/.exec(text.slice(at, at + 20)) ?? [];
	const gap = /\s$/.test(before) ? " " : "";
	return /^(?:[A-Za-z]+|[=!?>]+)$/.test(last) ? last + gap + behind : behind;
}

/** The parser names its tokens; an author knows what is written there. */
function explainParse(text: string, { code, summary, range }: ParseError): string {
	if (UNCLOSED.has(code)) return "A text has no closing quote.";
	if (!MISPLACED.has(code)) return `${summary}.`;
	const habit = OPERATORS.find(([pattern]) => pattern.test(writtenAround(text, range?.start ?? 0)))?.[1];
	if (habit !== undefined) return habit;
	const written = text.slice(range?.start, range?.end).trim();
	if (written === "") return "The expression is not finished.";
	return `Unexpected ${shorten(written)}.`;
}

function isCelError(error: unknown): error is ParseError | EvaluationError | CelTypeError {
	return error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
}
