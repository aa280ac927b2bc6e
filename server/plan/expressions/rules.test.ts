import { describe, expect, test } from "vitest";
import type { Json } from "../values/json";
import { evaluateRules, isSameValue, RULE_OPERATORS, RuleError, type RuleOperator, ruleSchema } from "./rules";

function holds(left: Json, operator: RuleOperator, right?: Json): boolean {
	return evaluateRules({ match: "all", rules: [{ left, operator, ...(right !== undefined && { right }) }] });
}

describe("a rule", () => {
	test.each<[Json, RuleOperator, Json | undefined, boolean]>([
		[0, "equals", 0, true],
		[0, "equals", "0", true],
		["1.0", "equals", 1, true],
		["1.0", "equals", "1", false],
		[true, "equals", "true", true],
		["False", "equals", false, true],
		["yes", "equals", true, false],
		["ok\n", "equals", "ok", true],
		["ok ", "equals", "ok", false],
		["Eu", "equals", "eu", false],
		[{ a: 1, b: 2 }, "equals", { b: 2, a: 1 }, true],
		[null, "equals", null, true],
		[null, "equals", "", false],
		[null, "equals", 0, false],
		[null, "not-equals", "x", true],
		["2 errors", "contains", "error", true],
		["a2b", "contains", 2, true],
		[["a", "2"], "contains", 2, true],
		[[["a"]], "contains", "a", false],
		[{ tag: 1 }, "contains", "tag", true],
		[{}, "contains", "constructor", false],
		[null, "contains", "a", false],
		[null, "not-contains", "a", true],
		["release-1", "starts-with", "release", true],
		["release-1\r\n", "ends-with", "-1", true],
		[null, "starts-with", "", false],
		["  \n", "is-empty", undefined, true],
		[null, "is-empty", undefined, true],
		[[], "is-empty", undefined, true],
		[{}, "is-empty", undefined, true],
		[0, "is-empty", undefined, false],
		[false, "is-not-empty", undefined, true],
		["10", "greater", 9, true],
		["10\n", "greater", "9", true],
		[2, "greater-or-equal", 2, true],
		[1.5, "less", "2", true],
		[3, "less-or-equal", 2, false],
		["2026-05-01T09:00:00+02:00", "less", "2026-05-01T08:00:00Z", true],
		["2026-05-02", "greater", "2026-05-01T23:00:00Z", true],
		[null, "less", 5, false],
		["", "less-or-equal", 5, false],
		["eu", "is-one-of", ["eu", "us"], true],
		["eu", "is-one-of", "us, eu", true],
		["a b", "is-one-of", "x\na b\n", true],
		[2, "is-one-of", "1,2", true],
		[2, "is-one-of", 2, true],
		["", "is-one-of", "a,,b", false],
		["asia", "is-not-one-of", ["eu", "us"], true],
	])("%j %s %j is %j", (left, operator, right, expected) => {
		expect(holds(left, operator, right)).toBe(expected);
	});

	test("that asks which of two texts is greater says that they have no order", () => {
		expect(() => holds("abc", "greater", 5)).toThrow(RuleError);
		expect(() => holds("abc", "greater", 5)).toThrow('"abc" and 5 have no order');
		expect(() => holds([1], "less", 5)).toThrow("only numbers and dates");
	});

	test("equality does not depend on the side", () => {
		for (const [one, other] of [
			["2", 2],
			[true, "true"],
			[null, ""],
			["a\n", "a"],
		] as [Json, Json][])
			expect(isSameValue(one, other)).toBe(isSameValue(other, one));
	});

	test("says by its schema what is missing and what is too much", () => {
		const problems = (rule: object) =>
			ruleSchema.safeParse(rule).error?.issues.map(({ path, message }) => [path, message]);
		expect(problems({ left: "{{ inputs.x }}", operator: "is-empty" })).toBeUndefined();
		expect(problems({ left: 1, right: 1 })).toBeUndefined();
		expect(problems({ left: 1 })).toEqual([[["right"], "Enter what to compare with"]]);
		expect(problems({ left: 1, operator: "is-empty", right: 1 })).toEqual([
			[["right"], "“is empty” compares with nothing. Remove this value"],
		]);
	});
});

describe("several rules", () => {
	const [yes, no] = [
		{ left: 1, operator: "equals", right: 1 } as const,
		{ left: 1, operator: "equals", right: 2 } as const,
	];

	test("hold all, or any of them", () => {
		expect(evaluateRules({ match: "all", rules: [yes, no] })).toBe(false);
		expect(evaluateRules({ match: "any", rules: [no, yes] })).toBe(true);
		expect(evaluateRules({ match: "all", rules: [yes, yes] })).toBe(true);
		expect(evaluateRules({ match: "any", rules: [no, no] })).toBe(false);
	});
});

test("every operator has words of its own", () => {
	const labels = Object.values(RULE_OPERATORS).map(({ label }) => label);
	expect(new Set(labels).size).toBe(labels.length);
});
