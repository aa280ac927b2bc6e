import { expect, test } from "vitest";
import { costOf } from "./prices";

const million = { input: 1_000_000, output: 1_000_000 };

test("a model is found by the longest beginning of its id, dated or not", () => {
	expect(costOf("claude-opus-5-5", million)).toBe(24);
	expect(costOf("claude-opus-5-20260724", million)).toBe(30);
	expect(costOf("claude-sonnet-4-5-20250929", million)).toBe(18);
});

test("a long prompt costs more where the list says so", () => {
	expect(costOf("claude-haiku-5-5", { input: 100_000, output: 1_000 })).toBeCloseTo(0.0105);
	expect(costOf("claude-haiku-5-5", { input: 200_000, output: 1_000 })).toBeCloseTo(0.1025);
});

test("an unknown model counts as the dearest", () => {
	expect(costOf("somebody-elses", million)).toBe(60);
});
