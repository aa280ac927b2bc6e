import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsRoundedInteger } from "@/server/plan/values/read-json";
import { durationText, explainJson, jsonText, numberText } from "./field-text";

describe("durationText", () => {
	it("reads what people write, as seconds", () => {
		const texts = ["90", "90 s", "5 min", "5m", "1 h 30 min", "2 days", "1.5 h", "0"];
		expect(texts.map(durationText.read)).toEqual([90, 90, 300, 300, 5_400, 172_800, 5_400, 0]);
	});

	it("keeps a reference and what it cannot understand as text, and nothing for nothing", () => {
		expect(durationText.read("{{ inputs.wait }}")).toBe("{{ inputs.wait }}");
		expect(durationText.read("a while")).toBe("a while");
		expect(durationText.read("  ")).toBeUndefined();
	});

	it("writes what it reads back as the same time", () => {
		fc.assert(
			fc.property(fc.nat(10_000_000), (seconds) => {
				expect(durationText.read(durationText.write(seconds))).toBe(seconds);
			}),
		);
		expect(durationText.write(2.5)).toBe("2.5 s");
		expect(durationText.write(5_400)).toBe("1 h 30 min");
	});
});

describe("numberText", () => {
	it("reads numbers with and without thousands separators", () => {
		expect(["1,024", "4096", "0.5", "-3"].map(numberText.read)).toEqual([1_024, 4_096, 0.5, -3]);
	});

	it("keeps what is no number, to be shown as a problem", () => {
		expect(numberText.read("many")).toBe("many");
	});
});

describe("jsonText", () => {
	it("gives every value back as it was", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
				const plain = JSON.parse(JSON.stringify(value));
				fc.pre(!holdsRoundedInteger(plain));
				expect(jsonText.read(jsonText.write(plain))).toEqual(plain);
			}),
		);
	});

	it("tells plain text from JSON", () => {
		expect(jsonText.read("{{ inputs.regions }}")).toBe("{{ inputs.regions }}");
		expect(jsonText.read("eu\nus")).toBe("eu\nus");
		expect(jsonText.read("[1, 2]")).toEqual([1, 2]);
		expect(jsonText.write("5")).toBe('"5"');
		expect(jsonText.read("[12345678901234567890]")).toEqual(["12345678901234567890"]);
	});

	it("explains JSON that is broken, and nothing about plain text", () => {
		expect(explainJson('{ "a": }')).toMatch(/JSON/);
		expect(explainJson("eu, us")).toBeUndefined();
		expect(explainJson("{{ inputs.a }}")).toBeUndefined();
	});
});
