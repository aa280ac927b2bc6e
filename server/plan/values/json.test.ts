import fc from "fast-check";
import { expect, test } from "vitest";
import { JSON_LIMITS, jsonObjectSchema, jsonSchema } from "./json";

test("whatever JSON text says is taken as it is", () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 6 }), (made) => {
			const text = JSON.stringify(made);
			// What an object inherits from is left out, which is another test's matter.
			fc.pre(!text.includes('"__proto__":'));
			const value = JSON.parse(text);
			expect(jsonSchema.parse(value)).toBe(value);
		}),
	);
});

test.each([
	[undefined, []],
	[Number.NaN, []],
	[{ a: [1, { b: Number.POSITIVE_INFINITY }] }, ["a", 1, "b"]],
	[{ a: undefined }, ["a"]],
	[[new Date(0)], [0]],
	[[new Map()], [0]],
	[[() => 1], [0]],
])("%j is no JSON, and the place is named", (value, path) => {
	const { error } = jsonSchema.safeParse(value);
	expect(error?.issues).toMatchObject([{ path, message: "Invalid input: expected a JSON value" }]);
});

test.each([null, [], "a", 1, new Date(0)])("%j is no object", (value) => {
	expect(jsonObjectSchema.safeParse(value).error?.issues).toMatchObject([{ code: "invalid_type", path: [] }]);
});

test("a hundred thousand levels are refused, and a value that holds itself", () => {
	const text = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
	const circle: unknown[] = [];
	circle.push(circle);
	for (const value of [JSON.parse(text), circle]) {
		expect(jsonSchema.safeParse(value).error?.issues[0]?.message).toMatch(/nested at most 500 deep/);
	}
});

test("everything is looked at once", () => {
	let looks = 0;
	const counted = () =>
		Object.defineProperty({}, "a", {
			enumerable: true,
			get: () => {
				looks += 1;
				return {};
			},
		});
	expect(jsonSchema.safeParse(Array.from({ length: 10_000 }, counted)).success).toBe(true);
	expect(looks).toBe(10_000);
});

test("more values than one holds are refused, whether they stand in one place or are meant twice", () => {
	const many = Array.from({ length: JSON_LIMITS.values / 2 }, () => 1);
	expect(jsonSchema.safeParse(many).success).toBe(true);
	expect(jsonSchema.safeParse([many, many]).error?.issues[0]?.message).toMatch(/at most 1000000 values/);
});

test("what an object inherits from is left out", () => {
	const value = jsonSchema.parse(JSON.parse('{"a":{"__proto__":{"polluted":true},"b":1}}'));
	expect(JSON.stringify(value)).toBe('{"a":{"b":1}}');
});
