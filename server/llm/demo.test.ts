import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../plan/values/json";
import { createDemoProvider } from "./demo";
import { type LlmMessage, llmMessageSchema, userMessage } from "./messages";
import type { LlmTool } from "./provider";
import { describeProvider } from "./provider-contract";

const provider = createDemoProvider({ msPerWord: 0 });

describeProvider("demo", () => ({ provider, model: "any" }));

async function ask(prompt: string, jsonSchema?: JsonObject) {
	const options = { signal: new AbortController().signal, onToken: () => undefined };
	const { message, ...answer } = await provider.complete(
		{ model: "any", messages: [userMessage(prompt)], maxTokens: 4_000, jsonSchema },
		options,
	);
	return { text: message.text, ...answer };
}

describe("a demo answer", () => {
	test("names what failed and what was counted, not the instruction", async () => {
		const report = [
			"Summarise this test report in three lines:",
			"vitest v4",
			"✓ plan.test.ts (18 tests)",
			"✗ run.test.ts: expected 3 to be 4",
			"Test files: 1 failed, 11 passed",
			"a line of no interest",
			"Duration 4.31 s",
		].join("\n");
		const { text } = await ask(report);
		expect(text).toContain("1 of the 6 lines tells of a problem.");
		expect(text).toContain("- Test files: 1 failed, 11 passed");
		expect(text).not.toContain("Summarise this test report");
	});

	test("reads JSON as names and values", async () => {
		const { text } = await ask('Explain: {"checks":[{"host":"api","status":"down"},{"host":"web","status":"ok"}]}');
		expect(text).toContain("checks 1 status: down");
	});

	test("knows that no error is no problem", async () => {
		const { text } = await ask("lint: 0 errors\nbuild: done without errors");
		expect(text).toContain("None of the 2 lines tells of a problem.");
	});

	test("says that it is a demo, and costs nothing", async () => {
		const { text, usage } = await ask("Hello there");
		expect(text).toContain("Demo answer");
		expect(usage).toMatchObject({ provider: "demo", model: "demo", costUsd: 0 });
	});

	test("comes for any prompt", async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: "binary", maxLength: 500 }), async (prompt) => {
				expect((await ask(prompt)).text.length).toBeGreaterThan(0);
			}),
		);
	});
});

describe("a demo value", () => {
	test("takes enums from the prompt, numbers from the report and texts from its lines", async () => {
		const schema = {
			type: "object",
			properties: {
				summary: { type: "string" },
				risk: { enum: ["low", "medium", "high"] },
				failed: { type: "integer", minimum: 0 },
				healthy: { type: "boolean" },
				notes: { type: "array", items: { type: "string" } },
			},
		};
		const { json } = await ask("Rate the risk:\n7 checks failed\nrisk is HIGH", schema);
		expect(json).toEqual({
			summary: "Demo: 1 of the 2 lines tells of a problem.",
			risk: "high",
			failed: 7,
			healthy: false,
			notes: ["7 checks failed", "risk is HIGH"],
		});
	});

	test.each<[string, JsonObject, unknown]>([
		["a constant", { const: 7 }, 7],
		["the first of several schemas", { anyOf: [{ type: "null" }, { type: "string" }] }, null],
		[
			"all of several schemas",
			{ allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] },
			{ a: 1, b: 2 },
		],
		["a reference", { $ref: "#/$defs/name", $defs: { name: { type: "string", maxLength: 4 } } }, "Demo"],
		["a format", { type: "string", format: "email" }, "demo@example.com"],
		["a bound", { type: "number", minimum: 100, maximum: 101 }, 100],
		["a number of items", { type: "array", minItems: 2, maxItems: 2, items: { const: "x" } }, ["x", "x"]],
	])("keeps to %s", async (_, schema, value) => {
		expect((await ask("3 lines", schema)).json).toEqual(value);
	});

	test("ends for a schema that contains itself", async () => {
		const tree = {
			type: "object",
			properties: { name: { const: "n" }, children: { type: "array", items: { $ref: "#" } } },
		};
		expect((await ask("a\nb\nc", tree)).json).toMatchObject({ name: "n" });
		expect((await ask("a", { $ref: "#" })).json).toBeDefined();
	});
});

test("tells the numbers that stand for themselves, of however many digits", async () => {
	const answer = await ask(`passed: 12, failed: -3, release 1.2.3, build 7a, took 4.5 s\n${"9".repeat(90_000)}\n`);
	expect(answer.text).toContain("passed: 12");
	const deep = await ask(`${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`);
	expect(deep.text).not.toBe("");
});

describe("the demo provider with tools", () => {
	const text = { type: "string" };
	const tool = (name: string, ...fields: string[]): LlmTool => ({
		name,
		description: name,
		inputSchema: {
			type: "object",
			properties: Object.fromEntries(fields.map((field) => [field, text])),
			required: fields,
		},
	});
	const tools = [
		tool("list_files"),
		tool("read_file", "path"),
		tool("shell", "command"),
		tool("write_file", "path", "content"),
		tool("ask_human", "message"),
		{ ...tool("get_weather", "city"), description: "An MCP tool" },
	];

	/** Lets it play an agent to its end; every tool answers with the same text. */
	async function play(prompt: string, result = "2 tests failed") {
		const messages: LlmMessage[] = [userMessage(prompt)];
		const rounds: string[][] = [];
		for (;;) {
			const options = { signal: new AbortController().signal, onToken: () => undefined };
			const { message, stopReason } = await provider.complete(
				{ model: "demo", messages, maxTokens: 4_000, tools },
				options,
			);
			messages.push(llmMessageSchema.parse(JSON.parse(JSON.stringify(message))));
			if (stopReason !== "tool_calls") return { rounds, text: message.text };
			rounds.push(message.toolCalls.map(({ name, input }) => `${name} ${JSON.stringify(input)}`));
			const results = message.toolCalls.map(({ id, name }) => ({
				callId: id,
				name,
				content: [{ type: "text" as const, text: result }],
				isError: false,
			}));
			messages.push({ role: "tool", results });
		}
	}

	test("looks, runs, asks and writes as the words say, and then sums up what came of it", async () => {
		const { rounds, text } = await play(
			"Read src/a.ts and docs/b.md, run `npm test`, ask whether to go on, and write the result to report.md.",
		);
		expect(rounds.slice(0, 2)).toEqual([
			["list_files {}", 'read_file {"path":"src/a.ts"}', 'read_file {"path":"docs/b.md"}'],
			['shell {"command":"npm test"}'],
		]);
		expect(rounds[2]?.[0]).toMatch(/^ask_human {"message":"Read src/);
		expect(rounds[3]?.[0]).toMatch(/^write_file {"path":"report.md","content":".*demo provider/);
		expect(rounds).toHaveLength(4);
		expect(text).toContain("Done with 6 calls");
		expect(text).toContain("- 2 tests failed");
		expect(text).toContain("Demo answer");
	});

	test("reads a README that it finds, and calls a tool of another name when it is named", async () => {
		const { rounds } = await play("Get weather for the team", "README.md\nsrc");
		expect(rounds[0]).toEqual(["list_files {}", expect.stringMatching(/^get_weather {"city":/)]);
		expect(rounds[1]).toEqual(['read_file {"path":"README.md"}']);
	});

	test("ends for any prompt", async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (prompt) => {
				expect((await play(prompt, prompt)).rounds.length).toBeLessThan(13);
			}),
			{ numRuns: 30 },
		);
	});
});
