import { describe, expect, test } from "vitest";
import type { Json } from "@/server/plan/values/json";
import { createTestContext } from "../test-context";
import { stateDefinition } from "./definition";
import { executeState } from "./execute";

async function run(config: Record<string, Json>, state: Record<string, Json> = {}) {
	const context = createTestContext({ state });
	const result = await executeState(stateDefinition.config.parse(config), context);
	if ("output" in result) return { output: result.output, state: Object.fromEntries(context.effects.state) };
	const before = context.effects.state.get(result.key);
	const { value, output } = result.apply(before);
	return { output, state: { ...state, [result.key]: value } };
}

describe("state", () => {
	test("set remembers a value", async () => {
		expect(await run({ action: "set", key: "tag", value: "v2" }, { tag: "v1" })).toEqual({
			output: { key: "tag", value: "v2", exists: true },
			state: { tag: "v2" },
		});
	});

	test("get reads a value, or nothing", async () => {
		expect((await run({ action: "get", key: "tag" }, { tag: 7 })).output).toEqual({
			key: "tag",
			value: 7,
			exists: true,
		});
		expect((await run({ action: "get", key: "tag" })).output).toEqual({ key: "tag", value: null, exists: false });
	});

	test("has tells a value that is null from none", async () => {
		expect((await run({ action: "has", key: "tag" }, { tag: null })).output.exists).toBe(true);
		expect((await run({ action: "has", key: "tag" })).output.exists).toBe(false);
	});

	test("delete forgets a value and says what it was", async () => {
		expect(await run({ action: "delete", key: "tag" }, { tag: "v1" })).toEqual({
			output: { key: "tag", value: "v1", exists: true },
			state: {},
		});
	});

	test("repeating from the recorded state gives the same state", async () => {
		const config = { action: "set", key: "list", value: [1, 2] };
		expect(await run(config, { list: [1] })).toEqual(await run(config, { list: [1] }));
	});

	test.each<[string, Record<string, Json>, Json]>([
		["a missing value counts as 0", {}, 1],
		["null counts as 0", { n: null }, 1],
		["a number", { n: 41 }, 42],
		["text of digits", { n: " 7\n" }, 8],
	])("increment adds 1 to %s", async (_, state, value) => {
		expect(await run({ action: "increment", key: "n" }, state)).toEqual({
			output: { key: "n", value, exists: true },
			state: { n: value },
		});
	});

	test("increment adds what is given, and subtracts a negative number", async () => {
		expect((await run({ action: "increment", key: "n", by: 2.5 }, { n: 1 })).output.value).toBe(3.5);
		expect((await run({ action: "increment", key: "n", by: -3 }, { n: 1 })).output.value).toBe(-2);
	});

	test("append adds to a list, and a missing one counts as empty", async () => {
		expect((await run({ action: "append", key: "list", value: [2] }, { list: [1] })).output.value).toEqual([1, [2]]);
		expect((await run({ action: "append", key: "list", value: null })).output.value).toEqual([null]);
	});

	test.each<[Record<string, Json>, Json, string]>([
		[{ action: "increment" }, "v2", "state.x is text, and only a number can be incremented"],
		[{ action: "increment" }, [1], "state.x is a list"],
		[{ action: "increment" }, true, "state.x is true or false"],
		[{ action: "increment" }, Number.MAX_SAFE_INTEGER, "too large to be exact"],
		[{ action: "append", value: 1 }, 7, "state.x is a number, and values are appended to lists only"],
		[{ action: "append", value: 1 }, { a: 1 }, "state.x is an object"],
	])("%j of %j is refused in words", async (config, before, message) => {
		await expect(run({ ...config, key: "x" }, { x: before })).rejects.toThrow(message);
	});

	test("an append without a value is refused before it runs", () => {
		const { error } = stateDefinition.config.safeParse({ action: "append", key: "list" });
		expect(error?.issues).toMatchObject([{ path: ["value"], message: "Enter the value to append" }]);
	});

	test("a set without a value is refused before it runs", () => {
		expect(stateDefinition.config.safeParse({ action: "set", key: "tag" }).error?.issues).toMatchObject([
			{ path: ["value"] },
		]);
	});
});
