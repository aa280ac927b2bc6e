import { expect, it } from "vitest";
import { describeIsolation } from "./describe-isolation";

it("calls a worker safe whose sandbox works or is required", () => {
	expect(describeIsolation({ state: "on", isRequired: false })).toMatchObject({ title: "Sandbox on", isSafe: true });
	expect(describeIsolation({ state: "missing", isRequired: true })).toMatchObject({
		effect: "Shell and Python steps are refused until it works (WEFT_SANDBOX=require).",
		isSafe: true,
	});
});

it.each(["off", "missing", "forbidden"] as const)("says what to do when the sandbox is %s", (state) => {
	const words = describeIsolation({ state, isRequired: false });
	expect(words).toMatchObject({ remedy: expect.stringContaining("restart"), isSafe: false });
	expect(words.effect).toContain("Weft’s own secret included");
});
