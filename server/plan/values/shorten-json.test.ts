import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "./json";
import { shortenJson } from "./shorten-json";

test("a value that fits stays as it is", () => {
	const value = { a: [1, "two", null], b: { c: true } };
	expect(shortenJson(value, 100)).toEqual({ value, truncated: false });
});

test("texts and lists are cut, and keys stay", () => {
	const { value, truncated } = shortenJson({ name: "log", text: "x".repeat(9_000), rows: Array(900).fill(7) }, 5_000);
	expect(truncated).toBe(true);
	expect(value).toEqual({ name: "log", text: `${"x".repeat(4_000)}…`, rows: Array(50).fill(7) });
});

test("a text is not cut inside a character", () => {
	expect(JSON.stringify(shortenJson(`${"x".repeat(3_999)}😀${"y".repeat(2_000)}`, 4_500).value)).not.toContain(
		"\\ud83d",
	);
});

test("what cannot be made small is left out", () => {
	const wide = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${"k".repeat(200)}${n}`, n]));
	expect(shortenJson(wide, 400)).toEqual({ value: null, truncated: true });
});

test("no value is longer than it may be", () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 4, max: 300 }), (value, length) => {
			const short = shortenJson(asJson(value), length);
			expect(JSON.stringify(short.value).length).toBeLessThanOrEqual(length);
		}),
	);
});

/** fast-check's JSON values, as the rest of Weft calls them. */
function asJson(value: fc.JsonValue): Json {
	return JSON.parse(JSON.stringify(value));
}
