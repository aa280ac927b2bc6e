import { expect, test } from "vitest";
import { FatalError } from "../../errors";
import { createTestContext } from "../test-context";
import { conditionDefinition } from "./definition";
import { executeCondition } from "./execute";

const roots = { steps: { test: { output: { exitCode: 0, stdout: "ok" } } } };

function run(when: string) {
	return executeCondition(conditionDefinition.config.parse({ when }), createTestContext({ roots }));
}

test("a condition that holds leaves by true", async () => {
	expect(await run("steps.test.output.exitCode == 0")).toEqual({ output: { result: true }, port: "true" });
});

test("a condition that does not hold leaves by false", async () => {
	expect(await run('steps.test.output.stdout.contains("error")')).toEqual({ output: { result: false }, port: "false" });
});

test("repeating a condition gives the same answer", async () => {
	expect(await run("steps.test.output.exitCode > 1")).toEqual(await run("steps.test.output.exitCode > 1"));
});

test("a value that is neither true nor false fails for good and is shown", async () => {
	await expect(run("steps.test.output.stdout")).rejects.toThrow('gave "ok", which is neither true nor false');
	await expect(run("steps.test.output.stdout")).rejects.toBeInstanceOf(FatalError);
});

test("an unknown step fails for good with its path", async () => {
	await expect(run("steps.tset.output.exitCode == 0")).rejects.toThrow("steps.tset");
});

test("the node shows the condition without the way to its value", () => {
	expect(conditionDefinition.summary({ when: "steps.test.output.exitCode == 0" })).toBe("exitCode == 0");
	expect(conditionDefinition.summary({ when: 7 })).toBe("no condition yet");
});
