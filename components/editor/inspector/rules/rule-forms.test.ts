import { expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import {
	conditionAsExpression,
	conditionAsRules,
	switchAsExpressions,
	switchAsValue,
	withOperator,
} from "./rule-forms";

test("a condition goes from rules to an expression and back", () => {
	const config = {
		match: "any",
		rules: [
			{ left: "{{ inputs.region }}", operator: "is-one-of", right: ["eu", "us"] },
			{ left: "{{ inputs.n }}", operator: "greater", right: 3 },
		],
	};
	const expression = { when: 'inputs.region in ["eu", "us"] || inputs.n > 3' };
	expect(conditionAsExpression(config)).toEqual(expression);
	expect(conditionAsRules(expression)).toEqual(config);
	expect(conditionAsRules({ when: " " })).toEqual({});
	expect(conditionAsRules({ when: "size(inputs.list) > 2" })).toBeUndefined();
});

test("a rule that is not complete yet becomes an expression that can be completed", () => {
	expect(conditionAsExpression({ rules: [{ left: "{{ inputs.a }}" }] })).toEqual({ when: 'inputs.a == ""' });
	expect(conditionAsExpression({})).toEqual({ when: "" });
});

test("a switch on a value goes to expressions and back, with the cases that are not written yet", () => {
	const config: JsonObject = {
		value: "{{ inputs.kind }}",
		cases: [{ name: "bug", equals: "bug" }, { name: "other", equals: ["docs", "chore"] }, { name: "" }],
	};
	const expressions = {
		cases: [
			{ name: "bug", when: 'inputs.kind == "bug"' },
			{ name: "other", when: 'inputs.kind in ["docs", "chore"]' },
			{ name: "", when: "" },
		],
	};
	expect(switchAsExpressions(config)).toEqual(expressions);
	expect(switchAsValue(expressions)).toEqual(config);
});

test("a switch whose cases compare several values stays in expressions", () => {
	const cases = [
		{ name: "a", when: "inputs.a == 1" },
		{ name: "b", when: "inputs.b == 1" },
	];
	expect(switchAsValue({ cases })).toBeUndefined();
	expect(switchAsValue({ cases: [{ name: "a", when: "inputs.a == 1 && inputs.b == 2" }] })).toBeUndefined();
});

test("an operator that compares with nothing takes the second value away", () => {
	const rule = { left: "{{ inputs.a }}", operator: "equals", right: "x" };
	expect(withOperator(rule, "is-empty")).toEqual({ left: "{{ inputs.a }}", operator: "is-empty" });
	expect(withOperator(rule, "contains")).toEqual({ ...rule, operator: "contains" });
});
