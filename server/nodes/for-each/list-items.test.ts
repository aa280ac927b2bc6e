import { describe, expect, test } from "vitest";
import type { Json } from "@/server/plan/values/json";
import { forEachDefinition } from "./definition";
import { listItems, MAX_ITEMS } from "./list-items";

describe("the items", () => {
	test.each<[string, Json, Json[]]>([
		["a list", [1, { a: 2 }, null], [1, { a: 2 }, null]],
		["a command's JSON output", '\n["eu","us"]\n', ["eu", "us"]],
		["a command's lines, without the empty ones", "eu\r\n\nus \n", ["eu", "us "]],
		["a line that only looks like a list", "[draft", ["[draft"]],
		["no text", "", []],
		["an empty list", [], []],
	])("of %s", (_, value, items) => {
		expect(listItems(value)).toEqual(items);
	});

	test.each<[Json, RegExp]>([
		[7, /not a number/],
		[null, /not nothing/],
		[true, /not true or false/],
		[{ a: 1 }, /not an object/],
		[Array.from({ length: MAX_ITEMS + 1 }, () => 0), /10001 items; a for-each takes at most 10000/],
		["x\n".repeat(MAX_ITEMS + 1), /10001 items/],
	])("are refused when they are no list, or too many (%#)", (items, message) => {
		expect(forEachDefinition.config.safeParse({ items }).error?.issues[0]?.message).toMatch(message);
	});

	test("may be as many as the limit", () => {
		const items = Array.from({ length: MAX_ITEMS }, () => 0);
		expect(forEachDefinition.config.safeParse({ items }).success).toBe(true);
	});
});

test("the container shows where its items come from", () => {
	expect(forEachDefinition.summary({ items: "{{ inputs.regions }}" })).toBe("inputs.regions");
	expect(forEachDefinition.summary({ items: ["a", "b"] })).toBe("2 items");
	expect(forEachDefinition.summary({})).toBe("no items yet");
});
