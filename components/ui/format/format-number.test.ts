import { describe, expect, it } from "vitest";
import { formatCost, formatShare } from "./format-number";

describe("formatShare", () => {
	it("is full only when nothing failed", () => {
		expect(formatShare(0.999)).toBe("99 %");
		expect(formatShare(1)).toBe("100 %");
	});
});

describe("formatCost", () => {
	it.each([
		[0, "$0"],
		[0.00001, "<$0.0001"],
		[0.0121, "$0.0121"],
		[3.4, "$3.40"],
	])("writes %d dollars as %s", (usd, text) => {
		expect(formatCost(usd)).toBe(text);
	});
});
