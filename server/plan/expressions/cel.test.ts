import fc from "fast-check";
import { expect, test } from "vitest";
import { celProblems, celReferences } from "./cel";
import { evaluateCel } from "./evaluate-cel";
import type { Scope } from "./scope";

const scope: Scope = {
	inputs: { n: 5, list: [1, 2, 3], name: "Ada", nothing: null },
	steps: { test: { output: { exitCode: 0, "first name": "x" } } },
	iteration: { index: 2 },
	state: {},
};
const evaluate = (text: string) => evaluateCel(text, scope);
const paths = (text: string) => celReferences(text).map(({ path }) => path.join("."));

test("conditions over the roots of references", () => {
	expect(evaluate("steps.test.output.exitCode == 0 && inputs.n >= 5")).toBe(true);
	expect(evaluate('steps.test.output["first name"] == "x"')).toBe(true);
	expect(evaluate("has(steps.other) ? 1 : 2")).toBe(2);
	expect(evaluate("inputs.list.exists(i, i == 2)")).toBe(true);
	expect(evaluate("5 in inputs.list || inputs.nothing == null")).toBe(true);
});

test("JSON numbers and integer literals work together", () => {
	expect(evaluate("iteration.index + 1")).toBe(3);
	expect(evaluate("1 + iteration.index * 2")).toBe(5);
	expect(evaluate("inputs.n / 2")).toBe(2.5);
	expect(evaluate("iteration.index % 2 == 0")).toBe(true);
	expect(evaluate("inputs.list.map(i, i * 2)")).toEqual([2, 4, 6]);
	expect(evaluate("inputs.list[iteration.index]")).toBe(3);
	expect(evaluate("size(inputs.list) > iteration.index")).toBe(true);
});

test("the answer is JSON", () => {
	expect(evaluate("1 + 1")).toBe(2);
	expect(evaluate('{"a": [1u, 2.5, null], "b": duration("90s")}')).toEqual({ a: [1, 2.5, null], b: 90 });
	expect(evaluate('timestamp("2026-05-01T09:00:00Z")')).toBe("2026-05-01T09:00:00.000Z");
	expect(() => evaluate("type(1)")).toThrow(/gives no value that can be stored/);
	expect(() => evaluate("1.0 / 0.0")).toThrow(/divides by zero/);
});

test.each([
	["steps.other.output.x == 1", "steps.other"],
	["steps.test.output.nope", "steps.test.output.nope"],
	["vars.x == 1", "vars"],
	["inputs.constructor", "inputs.constructor"],
	['inputs["__proto__"]', "inputs.__proto__"],
	["inputs.list[7]", "inputs.list.7"],
])("%s names the path that is not there", (text, path) => {
	expect(() => evaluate(text)).toThrow(expect.objectContaining({ name: "UnknownReferenceError", path }));
});

test("a failure while evaluating has its place", () => {
	expect(() => evaluate("true &&\n inputs.name + 1 == 2")).toThrow(/^Line 2, column 2: /);
});

test.each([
	["inputs.n >", 1, 11],
	["inputs.n ==\n  nope.x", 2, 3],
	["frobnicate(1)", 1, 1],
	['"a" + 1', 1, 1],
	["  ", 1, 1],
])("%j is refused with its place", (text, line, column) => {
	expect(celProblems(text)).toMatchObject([{ line, column }]);
});

test.each([
	["brackets", "(".repeat(9_000)],
	["negations", `${"!".repeat(9_000)}true`],
	["choices", "a?b:".repeat(2_000)],
	["a long text", "a".repeat(10_001)],
])("%s without end are refused", (_, text) => {
	expect(celProblems(text)).toHaveLength(1);
});

test.each([
	["inputs.", "The expression is not finished."],
	["inputs.n == 3 && ", "The expression is not finished."],
	["(inputs.n", "The expression is not finished."],
	["inputs.n == == 3", "Unexpected ==."],
	["inputs.n inputs.m", "Unexpected inputs."],
	["[1, 2)", "Unexpected )."],
	["inputs.n === 3", "Use ==, not ===."],
	["inputs.n !== 3", "Use !=, not !==."],
	["inputs.n == 'a", "A text has no closing quote."],
])("what is wrong with %j is said in plain words", (text, message) => {
	expect(celProblems(text)).toMatchObject([{ message }]);
});

test("braces in an expression are explained", () => {
	expect(celProblems("{{ steps.a.output.ok }} == true")[0]?.message).toBe(
		"Write references without {{ }} here, as in steps.test.output.exitCode == 0.",
	);
});

test("references are the longest fixed paths from a root, with their places", () => {
	const text = 'steps.a["output"].x == 1 || has(steps . b.output) && inputs.list[iteration.index].name in vars.seen';
	expect(paths(text)).toEqual(["steps.a.output.x", "steps.b.output", "inputs.list", "iteration.index", "vars.seen"]);
	for (const { parts, path } of celReferences(text)) {
		expect(parts.map((part) => text.slice(part.start, part.end).replaceAll('"', ""))).toEqual(path);
	}
});

test("variables of macros are no references", () => {
	expect(paths("inputs.list.map(steps, steps.x + item.y)")).toEqual(["inputs.list", "item.y"]);
	expect(paths("inputs.list.filter(i, i.ok && state.x == i.id)")).toEqual(["inputs.list", "state.x"]);
});

test("no text makes the parser throw", () => {
	const unit = fc.constantFrom(
		"steps",
		".",
		"a",
		"[",
		"]",
		"(",
		")",
		'"',
		" ",
		"+",
		"==",
		"1",
		",",
		"{",
		"}",
		":",
		"?",
		"!",
		"-",
		"&&",
		"map",
		"\n",
		"\\",
		"'",
		"b",
		"r",
	);
	fc.assert(
		fc.property(fc.string({ unit, maxLength: 25 }), (text) => {
			expect(celProblems(text).length).toBeLessThanOrEqual(1);
			celReferences(text);
		}),
		{ numRuns: 2_000 },
	);
});
