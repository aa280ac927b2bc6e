import { expect, test } from "vitest";
import { RetryableError } from "../errors";
import { startFarSide, type Wire } from "./far-side/far-side";
import { openAiWire } from "./far-side/openai-wire";
import { userMessage } from "./messages";
import { createOpenAiProvider } from "./openai";
import { describeProvider } from "./provider-contract";
import { describeRemoteProvider } from "./remote-provider-contract";

const MODEL = "gpt-5";

describeProvider("openai", async () => {
	const { url } = await startFarSide(openAiWire());
	return { provider: createOpenAiProvider({ apiKey: "k", baseUrl: url }), model: MODEL };
});
describeRemoteProvider("openai", openAiWire(), createOpenAiProvider);

async function ask(wire: Wire, isWithTools = true) {
	const { url: baseUrl } = await startFarSide(wire);
	const tools = [{ name: "read_file", description: "Reads a file.", inputSchema: { type: "object" } }];
	const options = { signal: new AbortController().signal, onToken: () => undefined };
	const request = { model: MODEL, messages: [userMessage("Hi")], maxTokens: 100, ...(isWithTools && { tools }) };
	return await createOpenAiProvider({ baseUrl }).complete(request, options);
}

test.each([
	["index 0 for all", { oneIndex: true }],
	["no ids", { noIds: true }],
	["neither", { oneIndex: true, noIds: true }],
])("parallel calls of a server with %s are told apart", async (_, manner) => {
	const { toolCalls } = (await ask(openAiWire(manner))).message;
	expect(toolCalls.map(({ input }) => input)).toEqual([{ path: "a.txt" }, { path: "b.txt" }]);
	expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
});

test("input that is no JSON is told with the call", async () => {
	const wire = openAiWire();
	const broken: Wire = {
		...wire,
		answer: (script, asked) =>
			wire.answer({ ...script, calls: [{ name: "read_file", input: '{"path": "a.txt' }] }, asked),
	};
	expect((await ask(broken)).message.toolCalls).toMatchObject([{ input: {}, problem: "The input is no JSON object." }]);
});

test("a call that never ends, each piece with its name, is broken off in good time", async () => {
	const wire = openAiWire();
	const piece = { index: 0, function: { name: "read_file", arguments: `[${"{},".repeat(7_000)}` } };
	const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
	const endless: Wire = {
		...wire,
		answer: (...asked) => [chunk({ tool_calls: [piece] }).repeat(300), ...wire.answer(...asked)],
	};
	const answer = ask(endless);
	await expect(answer).rejects.toBeInstanceOf(RetryableError);
	await expect(answer).rejects.toThrow("more input than can be taken");
});

test("tokens that a server does not tell are estimated, and marked", async () => {
	const { usage } = await ask(openAiWire({ noUsage: true }), false);
	expect(usage).toMatchObject({ estimated: true, costUsd: expect.any(Number) });
	expect(usage.outputTokens).toBeGreaterThan(0);
});
