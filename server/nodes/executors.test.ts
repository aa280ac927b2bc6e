import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { executorOf, executors } from "./executors";
import { createTestContext } from "./test-context";

test("a stored step is executed by its type", async () => {
	expect(await executors.state.run({ action: "set", key: "tag", value: 1 }, createTestContext())).toEqual({
		output: { key: "tag", value: 1, exists: true },
	});
});

test("a config that does not fit fails for good, naming the field and not its value", async () => {
	const result = executors.state.run({ action: "set", key: "s3cret value", value: 1 }, createTestContext());
	await expect(result).rejects.toBeInstanceOf(FatalError);
	await expect(result).rejects.toThrow("Use letters, digits and _, not starting with a digit.");
	await expect(result).rejects.not.toThrow("s3cret");
});

test("waits and containers refuse a config that does not fit, too", () => {
	expect(() => executors.delay.begin({}, 0, {})).toThrow(FatalError);
	expect(() => executors.loop.open({ maxIterations: 0 })).toThrow(FatalError);
	expect(() => executors["for-each"].open({ items: 7 })).toThrow("The items must be a list");
});

test.each(["nonsense", "__proto__"])("%s has no executor", (type) => {
	expect(executorOf(type)).toBeUndefined();
});
