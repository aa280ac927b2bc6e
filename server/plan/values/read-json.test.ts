import { describe, expect, test } from "vitest";
import { isRoundedInteger, JsonValueError, readJson, tryReadJson } from "./read-json";

describe("foreign JSON", () => {
	test.each([
		["9007199254740991", 9007199254740991],
		["9007199254740993", "9007199254740993"],
		["-9007199254740993", "-9007199254740993"],
		["12345678901234567890", "12345678901234567890"],
		[`1${"0".repeat(400)}`, `1${"0".repeat(400)}`],
		["1e20", 1e20],
		["0.1234567890123456789", 0.12345678901234568],
		["12345678901234567890.5", 12345678901234567000],
	])("%s keeps its digits", (text, value) => {
		expect(tryReadJson(text)).toBe(value);
	});

	test("keeps long integers inside lists and objects, beside texts that look like them", () => {
		const text =
			'{"id": 12345678901234567890, "list": [1, 98765432109876543210 ], "12345678901234567890": "12345678901234567890", "q": "\\\\\\"12345678901234567890"}';
		expect(readJson(text)).toEqual({
			id: "12345678901234567890",
			list: [1, "98765432109876543210"],
			"12345678901234567890": "12345678901234567890",
			q: '\\"12345678901234567890',
		});
	});

	test("refuses a number that no double holds, and says what to do", () => {
		expect(() => readJson('{"n": 1e400}')).toThrow("1e400 is too large for a number. Send it as text.");
		expect(() => readJson('{"n": 1e400}')).toThrow(JsonValueError);
	});

	test("refuses nesting without end, and takes five hundred levels", () => {
		expect(() => readJson("[".repeat(100_000) + "]".repeat(100_000))).toThrow("more than 500 levels");
		expect(readJson("[".repeat(500) + "]".repeat(500))).toBeInstanceOf(Array);
	});

	test("is refused when it is no JSON", () => {
		expect(() => readJson('{"a": 1')).toThrow(SyntaxError);
		expect(tryReadJson("nothing")).toBeUndefined();
	});
});

test("a number that was rounded on its way is told from one that was not", () => {
	const rounded = [2 ** 53, 1e18, -(2 ** 60), 12345, 0.5, 1e300, 2 ** 53 - 1].map(isRoundedInteger);
	expect(rounded).toEqual([true, true, true, false, false, false, false]);
});
