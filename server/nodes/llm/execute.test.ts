import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { createDemoProvider } from "../../llm/demo";
import type { FindProvider, LlmAnswer, LlmProvider } from "../../llm/provider";
import { createTestContext } from "../test-context";
import { llmDefinition } from "./definition";
import { executeLlm } from "./execute";

async function run(config: JsonObject, llm: LlmProvider = createDemoProvider({ msPerWord: 0 })) {
	const context = createTestContext({ llm });
	const { output } = await executeLlm(llmDefinition.config.parse(config), context);
	return { output, effects: context.effects };
}

/** A provider that always gives this answer. */
function answering(answer: Partial<LlmAnswer> & { text?: string }): LlmProvider {
	const counts = { inputTokens: 3, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 5, reasoningTokens: 0 };
	const usage = { provider: "anthropic", model: "claude", ...counts, costUsd: 0.01, estimated: false };
	const message = { role: "assistant" as const, text: answer.text ?? "", toolCalls: [] };
	return {
		name: "anthropic",
		complete: async () => ({ message, thinking: "", stopReason: "end", usage, ...answer }),
	};
}

const schema = { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] };

describe("llm", () => {
	test("the answer streams, and its pieces are the text", async () => {
		const { output, effects } = await run({ prompt: "Summarise: 12 tests passed, 1 failed." });
		expect(effects.tokens.length).toBeGreaterThan(1);
		expect(effects.tokens.join("")).toBe(output.text);
	});

	test("an answer of the demo provider says so", async () => {
		const { output } = await run({ prompt: "Hello" });
		expect(output).toMatchObject({ demo: true, provider: "demo", model: "demo" });
	});

	test("tokens are counted once", async () => {
		const { output, effects } = await run({ prompt: "Hello" });
		expect(effects.usage).toEqual([output.usage]);
	});

	test("a schema gives a value as well as text", async () => {
		const { output } = await run({ prompt: "All fine", jsonSchema: schema });
		expect(output.json).toEqual(JSON.parse(output.text));
		expect(output.json).toMatchObject({ ok: expect.any(Boolean) });
	});

	test("repeating a prompt asks the same again", async () => {
		expect(await run({ prompt: "Same" })).toEqual(await run({ prompt: "Same" }));
	});

	test("prose that was cut off is kept, with the reason", async () => {
		const { output } = await run(
			{ prompt: "p", provider: "anthropic" },
			answering({ text: "Half", stopReason: "max_tokens" }),
		);
		expect(output).toMatchObject({ text: "Half", stopReason: "max_tokens", demo: false });
		expect(output).not.toHaveProperty("json");
	});

	test("a value that was cut off fails for good, and is paid all the same", async () => {
		const context = createTestContext({ llm: answering({ text: '{"ok":', stopReason: "max_tokens" }) });
		const result = executeLlm(llmDefinition.config.parse({ prompt: "p", jsonSchema: schema }), context);
		await expect(result).rejects.toBeInstanceOf(FatalError);
		expect(context.effects.usage).toHaveLength(1);
	});

	test("an answer that is no JSON may be tried again", async () => {
		await expect(run({ prompt: "p", jsonSchema: schema }, answering({ json: undefined }))).rejects.toBeInstanceOf(
			RetryableError,
		);
	});
});

describe("fallbacks", () => {
	const config = {
		prompt: "p",
		provider: "openai",
		model: "llama",
		fallbacks: [{ provider: "gemini" }, { provider: "anthropic", apiKey: " own " }],
	};
	const busy = () => Promise.reject(new RetryableError("It is overloaded.", 7));

	async function runWith(answers: Record<string, () => Promise<LlmAnswer>>) {
		const asked: string[] = [];
		const context = createTestContext();
		const find: FindProvider = (name, { apiKey } = {}) => ({
			name,
			complete: ({ model }) => {
				asked.push([name, model, apiKey].filter(Boolean).join(" "));
				return answers[name]?.() ?? busy();
			},
		});
		const result = executeLlm(llmDefinition.config.parse(config), { ...context, llm: find });
		return { result, asked, logs: context.effects.logs };
	}
	const answer = () => answering({ text: "Yes." }).complete({ model: "m", messages: [], maxTokens: 1 }, options);
	const options = { signal: new AbortController().signal, onToken: () => undefined };

	test("are asked in their order while the one before is out of reach, and the step says who answered", async () => {
		const { result, asked, logs } = await runWith({ anthropic: answer });
		expect((await result).output).toMatchObject({ text: "Yes.", provider: "anthropic" });
		expect(asked).toEqual(["openai llama", "gemini gemini-2.5-flash", "anthropic claude-sonnet-5-5 own"]);
		expect(logs.map(({ text }) => text)).toEqual([
			"It is overloaded. Asking gemini, gemini-2.5-flash, in its place.\n",
			"It is overloaded. Asking anthropic, claude-sonnet-5-5, in its place.\n",
		]);
	});

	test("are not asked when the first answers, or refuses for good", async () => {
		const first = await runWith({ openai: answer });
		await first.result;
		expect(first.asked).toEqual(["openai llama"]);
		const refused = await runWith({ openai: () => Promise.reject(new FatalError("No such model.")) });
		await expect(refused.result).rejects.toThrow("No such model.");
		expect(refused.asked).toHaveLength(1);
	});

	test("leave the wait of the last one to the retry policy", async () => {
		await expect((await runWith({})).result).rejects.toMatchObject({ name: "RetryableError", retryAfterSeconds: 7 });
	});
});

test("the node shows its model and how many references it takes", () => {
	const prompt = "Write notes for {{ inputs.tag }} from {{ steps.log.output.stdout }}";
	expect(llmDefinition.summary({ provider: "anthropic", model: "claude-sonnet-5-5", prompt })).toBe(
		"claude-sonnet-5-5, 2 refs",
	);
	expect(llmDefinition.summary({ prompt: "Hello" })).toBe("demo");
	expect(llmDefinition.summary({ prompt: null })).toBe("no prompt yet");
});
