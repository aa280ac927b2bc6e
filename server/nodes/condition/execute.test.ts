import { expect, test } from "vitest";
import { resolveConfig } from "@/server/plan/expressions/references";
import { FatalError } from "../../errors";
import { createTestContext } from "../test-context";
import { conditionDefinition } from "./definition";
import { executeCondition } from "./execute";

const roots = { steps: { test: { output: { exitCode: 0, stdout: "ok" } } } };

function run(when: string) {
	return executeCondition(conditionDefinition.config.parse({ when }), createTestContext({ roots }));
}

test("a condition that holds leaves by true", async () => {
	expect(await run("steps.test.output.exitCode == 0")).toEqual({ output: { result: true } });
});

test("a condition that does not hold leaves by false", async () => {
	expect(await run('steps.test.output.stdout.contains("error")')).toEqual({ output: { result: false } });
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

test("a condition of rules leaves by what they say", async () => {
	const rules = [{ left: 0, operator: "equals", right: "0" }];
	const config = conditionDefinition.config.parse({ rules });
	expect(await executeCondition(config, createTestContext())).toEqual({ output: { result: true } });
	const any = conditionDefinition.config.parse({ match: "any", rules: [{ left: "a", right: "b" }, ...rules] });
	expect(await executeCondition(any, createTestContext())).toEqual({ output: { result: true } });
});

test("values without an order fail for good", async () => {
	const config = conditionDefinition.config.parse({ rules: [{ left: "a", operator: "greater", right: 1 }] });
	await expect(executeCondition(config, createTestContext())).rejects.toThrow(FatalError);
});

test("a reference in a rule that leads nowhere is empty", () => {
	const config = { rules: [{ left: "{{ steps.scan.output.tag }}", operator: "is-empty" }] };
	expect(resolveConfig(config, conditionDefinition.config, {}).config).toEqual({
		rules: [{ left: null, operator: "is-empty" }],
	});
});

test("rules and an expression exclude each other, and one of them is needed", () => {
	const rules = [{ left: 1, right: 1 }];
	const messageOf = (config: object) => conditionDefinition.config.safeParse(config).error?.issues[0]?.message;
	expect(messageOf({ rules })).toBeUndefined();
	expect(messageOf({ when: "true", rules: [] })).toBeUndefined();
	expect(messageOf({})).toBe("Add a rule, or write an expression");
	expect(messageOf({ rules: [] })).toBe("Add a rule, or write an expression");
	expect(messageOf({ when: "true", rules })).toBe("Use rules or an expression, not both");
});

test("the node shows the condition without the way to its value", () => {
	expect(conditionDefinition.summary({ when: "steps.test.output.exitCode == 0" })).toBe("exitCode == 0");
	expect(conditionDefinition.summary({ when: 7 })).toBe("no condition yet");
	const rules = [
		{ left: "{{ steps.test.output.exitCode }}", right: 0 },
		{ left: "{{ inputs.tag }}", operator: "is-not-empty" },
	];
	expect(conditionDefinition.summary({ rules: rules.slice(0, 1) })).toBe("exitCode equals 0");
	expect(conditionDefinition.summary({ rules })).toBe("exitCode equals 0 and 1 more");
	expect(conditionDefinition.summary({ match: "any", rules: rules.toReversed() })).toBe(
		"inputs.tag is not empty or 1 more",
	);
});
