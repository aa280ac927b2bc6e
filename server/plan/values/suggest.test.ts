import { expect, test } from "vitest";
import { createSuggest } from "./suggest";

test.each([
	["biuld", "build"],
	["tset", "test"],
	["deploy", undefined],
])("%s is taken for %s", (word, meant) => {
	expect(createSuggest()(word, ["fetch", "build", "test"])).toBe(meant);
});

test("a thousand wrong words cost no more than some", () => {
	const suggest = createSuggest();
	let looks = 0;
	function* candidates() {
		for (let number = 0; number < 1_000; number += 1) {
			looks += 1;
			yield `${"a".repeat(60)}${number}`;
		}
	}
	for (let number = 0; number < 1_000; number += 1) suggest(`${"b".repeat(60)}${number}`, candidates());
	expect(looks).toBeGreaterThan(100);
	expect(looks).toBeLessThan(1_000);
	expect(suggest("biuld", ["build"])).toBeUndefined();
});
