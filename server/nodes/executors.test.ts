import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { executorOf } from "./executors";
import { createTestContext } from "./test-context";

test("a stored step is executed by its type", async () => {
	const execute = executorOf("state");
	expect(await execute?.({ action: "set", key: "tag", value: 1 }, createTestContext())).toEqual({
		output: { key: "tag", value: 1, exists: true },
	});
});

test("a config that does not fit fails for good, naming the field and not its value", async () => {
	const result = executorOf("state")?.({ action: "set", key: "s3cret value", value: 1 }, createTestContext());
	await expect(result).rejects.toBeInstanceOf(FatalError);
	await expect(result).rejects.toThrow("Use letters, digits and _, not starting with a digit.");
	await expect(result).rejects.not.toThrow("s3cret");
});

test.each(["loop", "for-each", "delay", "approval", "nonsense", "__proto__"])("%s has no executor", (type) => {
	expect(executorOf(type)).toBeUndefined();
});
