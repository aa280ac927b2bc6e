import { describe, expect, test } from "vitest";
import type { Json } from "../../plan/json";
import { createTestContext } from "../test-context";
import { stateDefinition } from "./definition";
import { executeState } from "./execute";

async function run(config: Record<string, Json>, state: Record<string, Json> = {}) {
	const context = createTestContext({ state });
	const { output } = await executeState(stateDefinition.config.parse(config), context);
	return { output, state: Object.fromEntries(context.traces.state) };
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

	test("a set without a value is refused before it runs", () => {
		expect(stateDefinition.config.safeParse({ action: "set", key: "tag" }).error?.issues).toMatchObject([
			{ path: ["value"] },
		]);
	});
});
