import { describe, expect, test } from "vitest";
import type { Json } from "../values/json";
import { evaluateCel } from "./evaluate-cel";
import { ExpressionError } from "./scope";

function evaluate(text: string, inputs: Record<string, Json> = {}): Json {
	return evaluateCel(text, { inputs });
}

describe("matches", () => {
	test.each([
		['"v1.20.3".matches("^v\\\\d+(\\\\.\\\\d+){2}$")', true],
		['"an error: 12".matches("error: \\\\d+")', true],
		['"Ok".matches("ok")', false],
		['"Ok".matches("(?i)ok")', true],
		['"größe".matches("^gr.ße$")', true],
	])("%s is %s", (text, expected) => {
		expect(evaluate(text)).toBe(expected);
	});

	test("a pattern that makes backtracking explode is answered at once", () => {
		expect(evaluate('inputs.text.matches("^(a+)+$")', { text: `${"a".repeat(5_000)}!` })).toBe(false);
	});

	test("a pattern that is none says so", () => {
		expect(() => evaluate('"a".matches("(")')).toThrow("matches cannot read the pattern “(”");
		expect(() => evaluate('"a".matches("(?=a)")')).toThrow(ExpressionError);
	});

	test("a pattern that multiplies itself against a long text is refused", () => {
		expect(() => evaluate('inputs.text.matches("((a{0,100}){0,10}b?){0,1}$")', { text: "a".repeat(65_000) })).toThrow(
			"takes too long",
		);
	});

	test("what is no text is refused as before", () => {
		expect(() => evaluate("inputs.list.matches(inputs.list)", { list: [] })).toThrow(ExpressionError);
	});
});

describe("work is bounded", () => {
	const list = Array.from({ length: 1_000 }, (_, index) => index);
	const objects = Array.from({ length: 10_000 }, (_, index) => ({ index, tags: ["a", "b", "c"] }));

	test.each([
		["macros inside macros", "inputs.list.all(a, inputs.list.all(b, inputs.list.all(c, a + b + c >= 0)))"],
		[
			"errors that are passed over",
			"inputs.list.exists(a, inputs.list.exists(b, inputs.list.exists(c, c / 0 == b.x)))",
		],
		["an or around it", "inputs.list.all(a, inputs.list.all(b, inputs.list.all(c, true))) || true"],
		["searching a list for each of its items", "inputs.objects.all(a, a in inputs.objects)"],
		["comparing large values again and again", "inputs.objects.all(a, inputs.objects == inputs.objects)"],
		["lists that double", doubling("[1, 2, 3, 4]")],
		["texts that double", doubling('"abcdefghijklmnop"')],
	])("%s end with a reason", (_, text) => {
		expect(() => evaluate(text, { list, objects })).toThrow("The expression takes too long");
	});

	test("long lists can be looked through", () => {
		const long = Array.from({ length: 100_000 }, (_, index) => ({ id: index, ok: true }));
		expect(evaluate("inputs.long.all(x, x.ok && x.id >= 0)", { long })).toBe(true);
		expect(evaluate("inputs.long.filter(x, x.id < 3).map(x, x.id)", { long })).toEqual([0, 1, 2]);
	});

	test("each evaluation begins anew", () => {
		const text = "inputs.objects.filter(x, x.index < 5).size()";
		for (let round = 0; round < 100; round++) expect(evaluate(text, { objects })).toBe(5);
	});
});

/** `a + a`, forty times over. */
function doubling(start: string): string {
	const names = Array.from({ length: 40 }, (_, index) => `v${index}`);
	const opening = names.map((name, index) => {
		const value = index === 0 ? start : `v${index - 1} + v${index - 1}`;
		return `cel.bind(${name}, ${value}, `;
	});
	return `${opening.join("")}size(v39) > 0${")".repeat(names.length)}`;
}

describe("names that JavaScript's objects have of their own", () => {
	const names = ["constructor", "toString", "hasOwnProperty", "valueOf", "__proto__", "prototype"];
	const hostile = (value: Json): Record<string, Json> =>
		JSON.parse(`{${names.map((name) => `"${name}":${JSON.stringify(value)}`).join(",")}}`);

	test.each(names)("%s is a key like any other", (name) => {
		const scope = { inputs: hostile("x"), steps: { a: { output: { list: [hostile({ b: 1 })], ok: true } } } };
		const of = (text: string) => evaluateCel(text, scope);
		expect(of(`inputs.${name}`)).toBe("x");
		expect(of(`inputs["${name}"] == "x" && has(inputs.${name}) && "${name}" in inputs`)).toBe(true);
		expect(of(`steps.a.output.list[0].${name}.b == 1 && steps.a.output.ok`)).toBe(true);
		expect(of(`steps.a.output.list.exists(item, item.${name}.b == 1)`)).toBe(true);
		expect(of(`[steps.a.output.list[0].${name}, inputs.${name}]`)).toEqual([{ b: 1 }, "x"]);
		expect(of("steps.a.output.ok")).toBe(true);
		expect(of("size(inputs)")).toBe(names.length);
		expect(of("steps.a.output")).toEqual({ list: [hostile({ b: 1 })], ok: true });
		expect(of("inputs == inputs")).toBe(true);
	});

	test.each(names)("%s leads nowhere where it is not", (name) => {
		expect(evaluate(`has(inputs.a.${name}) || "${name}" in inputs`, { a: {} })).toBe(false);
		expect(() => evaluate(`inputs.${name}`, { a: 1 })).toThrow(`inputs.${name}`);
	});
});

test("parts of a secret are read in an expression, too", () => {
	const scope = { secrets: { token: "abc", "db.host": "example.com" } };
	expect(evaluateCel("secrets.db.host + secrets.token", scope)).toBe("example.comabc");
});
