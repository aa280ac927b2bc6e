import { expect, test } from "vitest";
import { loopDefinition } from "./definition";

test("a loop without settings runs ten times", () => {
	expect(loopDefinition.config.parse({})).toEqual({ maxIterations: 10, vars: {}, next: {} });
});

test.each([0, 1.5, 10_001, "3"])("%j iterations are refused", (maxIterations) => {
	expect(loopDefinition.config.safeParse({ maxIterations }).success).toBe(false);
});

test.each([
	[{ stopWhen: "steps.check.output.exitCode == 0", maxIterations: 5 }, "until exitCode == 0"],
	[{ maxIterations: 3 }, "3 times"],
	[{ maxIterations: 1 }, "1 time"],
	[{}, "10 times"],
])("the container shows %j as %s", (config, summary) => {
	expect(loopDefinition.summary(config)).toBe(summary);
});
