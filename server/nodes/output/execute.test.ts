import { expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { createTestContext } from "../test-context";
import { outputDefinition } from "./definition";
import { executeOutput } from "./execute";

function run(config: JsonObject) {
	return executeOutput(outputDefinition.config.parse(config), createTestContext());
}

test("the fields are the run's output", async () => {
	expect(await run({ fields: { url: "https://acme.dev", healthy: true } })).toEqual({
		output: { url: "https://acme.dev", healthy: true },
	});
});

test("one value can be the whole output, null too", async () => {
	expect(await run({ value: [1, 2] })).toEqual({ output: [1, 2] });
	expect(await run({ value: null })).toEqual({ output: null });
});

test("repeating an output gives the same output", async () => {
	expect(await run({ fields: { a: 1 } })).toEqual(await run({ fields: { a: 1 } }));
});

test.each([{}, { fields: { a: 1 }, value: 2 }])("%j is refused: it takes fields or a value", (config) => {
	expect(outputDefinition.config.safeParse(config).success).toBe(false);
});

test("the node names its fields", () => {
	expect(outputDefinition.summary({ fields: { url: 1, healthy: 2 } })).toBe("url, healthy");
	expect(outputDefinition.summary({ fields: { a: 1, b: 2, c: 3, d: 4 } })).toBe("4 fields");
	expect(outputDefinition.summary({ fields: null })).toBe("no fields yet");
});
