import { describe, expect, test } from "vitest";
import { celProblems } from "./cel";
import { readRules, writeRules } from "./rule-expressions";
import { RULE_OPERATORS, type Rule, type RuleOperator } from "./rules";

const left = "{{ steps.test.output.exitCode }}";

test.each<[Rule, string]>([
	[{ left, operator: "equals", right: 0 }, "steps.test.output.exitCode == 0"],
	[{ left, operator: "equals", right: "0" }, "steps.test.output.exitCode == 0"],
	[{ left, operator: "not-equals", right: "true" }, "steps.test.output.exitCode != true"],
	[{ left: "{{ inputs.who }}", operator: "equals", right: 'Ann "A"' }, 'inputs.who == "Ann \\"A\\""'],
	[{ left, operator: "greater-or-equal", right: "{{ inputs.least }}" }, "steps.test.output.exitCode >= inputs.least"],
	[{ left, operator: "starts-with", right: "v1" }, 'steps.test.output.exitCode.startsWith("v1")'],
	[{ left, operator: "not-contains", right: "5" }, '!steps.test.output.exitCode.contains("5")'],
	[{ left, operator: "is-one-of", right: "eu, us" }, 'steps.test.output.exitCode in ["eu", "us"]'],
	[{ left, operator: "is-not-one-of", right: [1, 2] }, "!(steps.test.output.exitCode in [1, 2])"],
	[{ left: "{{ inputs.items.[0] }}", operator: "equals", right: "x" }, 'inputs.items[0] == "x"'],
	[
		{ left: '{{ inputs.a ?? inputs.b ?? "x" }}', operator: "equals", right: "y" },
		'(has(inputs.a) ? inputs.a : (has(inputs.b) ? inputs.b : "x")) == "y"',
	],
	[{ left: "v{{ inputs.n }}", operator: "equals", right: "v1" }, '"v" + string(inputs.n) == "v1"'],
])("the rule %j is written %s", (rule, expression) => {
	expect(writeRules({ match: "all", rules: [rule] })).toBe(expression);
	expect(celProblems(expression)).toEqual([]);
});

test("several rules are joined, those that are looser in brackets", () => {
	const rules: Rule[] = [
		{ left: "{{ inputs.a }}", operator: "is-empty" },
		{ left: "{{ inputs.b }}", operator: "is-not-empty" },
		{ left: "{{ inputs.c }}", operator: "less", right: 3 },
	];
	expect(writeRules({ match: "any", rules })).toBe(
		'(!has(inputs.a) || inputs.a == "") || (has(inputs.b) && inputs.b != "") || inputs.c < 3',
	);
	for (const match of ["all", "any"] as const)
		expect(readRules(writeRules({ match, rules }))).toEqual({ match, rules });
});

describe("an expression", () => {
	test.each(Object.keys(RULE_OPERATORS) as RuleOperator[])(
		"that %s was written as is read back as it was",
		(operator) => {
			const right = operator.includes("one-of") ? ["eu", "us"] : "eu";
			const rule: Rule = { left: "{{ inputs.region }}", operator, ...(RULE_OPERATORS[operator].hasRight && { right }) };
			expect(readRules(writeRules({ match: "all", rules: [rule] }))).toEqual({ match: "all", rules: [rule] });
		},
	);

	test("may name its reference at the right", () => {
		expect(readRules("-3 < inputs.n")).toEqual({
			match: "all",
			rules: [{ left: "{{ inputs.n }}", operator: "greater", right: -3 }],
		});
	});

	test.each([
		"inputs.a == 1 && (inputs.b == 2 || inputs.c == 3)",
		"size(inputs.a) > 2",
		"inputs.a + 1 == 2",
		"inputs.list.exists(x, x == 1)",
		"inputs.a",
		"true",
		"inputs.a ==",
		"",
	])("that says more than rules can is left as it is: %s", (expression) => {
		expect(readRules(expression)).toBeUndefined();
	});
});
