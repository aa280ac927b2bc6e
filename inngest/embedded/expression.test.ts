import { expect, test } from "vitest";
import { compileExpression, evaluateExpression, evaluateKey, isTrue } from "./expression";

const event = { name: "e", data: { n: 1, text: "a", nested: { deep: true }, list: [1, 2] } };

test.each([
	["event.data.n == 1", true],
	["event.data.n > 1", false],
	["event.data.nested.deep", true],
	['event.data["text"] == "a"', true],
	["event.data.missing == null", true],
	["!(event.data.missing == true)", true],
	["event.data.missing.deeper == null", true],
	["has(event.data.missing)", false],
	["has(event.data.text)", true],
	["event.data.list.exists(x, x == 2)", true],
	["async == null", true],
	["event.data.text > 1", null],
	["unknown > 1", null],
])("%s is %s", (expression, value) => {
	expect(evaluateExpression(expression, { event })).toBe(value);
});

test("an event is not changed by looking at it", () => {
	const frozen = Object.freeze({ data: Object.freeze({}) });
	expect(isTrue("event.data.a.b == null", { event: frozen })).toBe(true);
	expect(frozen).toEqual({ data: {} });
});

test("a key is text, the same for the same value", () => {
	expect(evaluateKey("event.data.text", event)).toBe("a");
	expect(evaluateKey("event.data.n", event)).toBe("1");
	expect(evaluateKey("event.data.missing", event)).toBe("null");
	expect(evaluateKey("1 + 1", event)).toBe('"2"');
});

test("expressions are kept for a while and not for ever", () => {
	const first = compileExpression('event.data.n == "run 0"');
	expect(compileExpression('event.data.n == "run 0"')).toBe(first);
	for (let n = 1; n < 5_000; n += 1) compileExpression(`event.data.n == "run ${n}"`);
	expect(compileExpression('event.data.n == "run 0"')).not.toBe(first);
});
