import { expect, test } from "vitest";
import type { Json } from "../plan/values/json";
import { labelItem } from "./label-item";

test.each<[Json, string]>([
	["eu-west-1", "eu-west-1"],
	[7, "7"],
	[{ name: "api", url: "x" }, "api"],
	[{ id: 12 }, "12"],
	["  two\nlines  ", "two lines"],
	["x".repeat(60), `${"x".repeat(39)}…`],
	[{ url: "x" }, "3"],
	["", "3"],
	[null, "3"],
	[[1], "3"],
])("the third item %j is called %s", (item, label) => {
	expect(labelItem(item, 2)).toBe(label);
});
