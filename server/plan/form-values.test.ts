import fc from "fast-check";
import { expect, test } from "vitest";
import { type FormField, formFieldSchema } from "./form-field";
import { checkFormFields, completeValues, parseFormValues } from "./form-values";

const field = (value: object): FormField => formFieldSchema.parse(value);
const version = field({ name: "version", type: "text", label: "Version", required: true });
const count = field({ name: "count", type: "number", min: 1, max: 5, default: 2 });
const region = field({ name: "region", type: "select", options: ["eu", "us"] });
const tags = field({ name: "tags", type: "multiselect", options: ["a", "b", "c"], required: true });
const notes = field({ name: "notes", type: "textarea" });
const force = field({ name: "force", type: "boolean", default: false });
const data = field({ name: "data", type: "json" });

test("values that fit are taken over, defaults filled in, the rest left out", () => {
	expect(parseFormValues([version, count, region, force, notes], { version: "1.2", region: "eu", notes: "" })).toEqual({
		values: { version: "1.2", count: 2, region: "eu", force: false },
	});
	expect(parseFormValues([tags, data], { tags: ["c", "a"], data: { x: [1] } })).toEqual({
		values: { tags: ["a", "c"], data: { x: [1] } },
	});
});

test("a field that was cleared is null in the place of its default, unless it is required", () => {
	expect(parseFormValues([count, notes], { count: null, notes: null })).toEqual({ values: { count: null } });
	const branch = field({ name: "branch", type: "text", default: "main", required: true });
	expect(parseFormValues([branch], { branch: null })).toEqual({
		issues: [{ field: "branch", message: "Enter a value." }],
	});
});

test("what was left empty is null when the values are complete, also under names that objects have of their own", () => {
	const constructorField = field({ name: "constructor", type: "text" });
	expect(completeValues([version, notes, constructorField], { version: "1.2" })).toEqual({
		version: "1.2",
		notes: null,
		constructor: null,
	});
});

test.each([
	[version, undefined, "Enter a value."],
	[version, "", "Enter a value."],
	[version, 3, "Version must be one line of text."],
	[version, "a\nb", "Version must be one line of text."],
	[count, "2", "count must be a number."],
	[count, 0, "count must be at least 1."],
	[count, 6, "count must be at most 5."],
	[count, Number.NaN, "count must be a number."],
	[
		field({ name: "id", type: "number" }),
		2 ** 53,
		"id must be a number of at most 15 digits; send longer ones to a text field.",
	],
	[data, { ids: [12345678901234567000] }, "data must be JSON whose integers of more than 15 digits are in quotes."],
	[region, "asia", "region must be one of: eu, us."],
	[tags, ["a", "z"], "tags must be one of: a, b, c."],
	[tags, [], "tags: choose at least one."],
	[tags, "a", "tags must be a list."],
	[force, "yes", "force must be true or false."],
	[data, () => 1, "data must be JSON."],
])("%j refuses %j", (each, value, message) => {
	expect(parseFormValues([each], { [each.name]: value })).toEqual({ issues: [{ field: each.name, message }] });
});

test("unknown fields and anything but an object are refused", () => {
	const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x${n}`, n]));
	expect(parseFormValues([], names).issues).toHaveLength(100);
	expect(parseFormValues([], { x: 1 })).toEqual({ issues: [{ field: "x", message: "There is no field x." }] });
	expect(parseFormValues([], [1]).issues).toHaveLength(1);
	expect(parseFormValues([], JSON.parse('{"__proto__": 1}')).issues).toHaveLength(1);
});

test("a form with two fields of one name, or a default that does not fit, is found", () => {
	expect(checkFormFields([version, version, field({ name: "n", type: "number", max: 1, default: 2 })])).toEqual([
		{ index: 1, key: "name", message: "Two fields are called version. Give one another name." },
		{ index: 2, key: "default", message: "The default does not fit: n must be at most 1." },
	]);
	expect(checkFormFields([field({ name: "n", type: "number", min: 2, max: 1 })])).toMatchObject([{ key: "min" }]);
	expect(checkFormFields([version, count, region, tags, force, data])).toEqual([]);
});

test("no value makes it throw, and what it accepts it accepts again", () => {
	const fields = [version, count, region, tags, notes, force, data];
	const value = fc.oneof(fc.jsonValue(), fc.constantFrom("eu", "1.2", 3, true, ["a"], null));
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...fields.map(({ name }) => name), "other"), value), (given) => {
			const { values, issues } = parseFormValues(fields, given);
			if (values) expect(parseFormValues(fields, values)).toEqual({ values });
			else expect(issues.length).toBeGreaterThan(0);
		}),
	);
});
