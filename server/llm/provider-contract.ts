import { describe, expect, test } from "vitest";
import { userMessage } from "./messages";
import type { LlmProvider, LlmRequest } from "./provider";

/** A provider under test. Its far side, when it has one, answers each prompt of this suite with a few words of text. */
export interface ProviderUnderTest {
	provider: LlmProvider;
	/** A model that the far side knows. */
	model: string;
}

const messages = [userMessage("Summarise: 12 tests passed, 1 failed")];

const answerSchema = {
	type: "object",
	properties: { title: { type: "string" }, passed: { type: "boolean" } },
	required: ["title", "passed"],
	additionalProperties: false,
};

/** What every provider keeps to, whatever is behind it. */
export function describeProvider(name: string, create: () => ProviderUnderTest | Promise<ProviderUnderTest>): void {
	async function ask(request: Partial<LlmRequest> = {}, signal = new AbortController().signal) {
		const { provider, model } = await create();
		const tokens: string[] = [];
		const answer = await provider.complete(
			{ model, messages, maxTokens: 500, ...request },
			{ signal, onToken: (text) => tokens.push(text) },
		);
		return { answer, tokens };
	}

	describe(`${name} keeps the contract of a provider`, () => {
		test("the pieces that stream are the text of the answer", async () => {
			const { answer, tokens } = await ask();
			expect(tokens.length).toBeGreaterThan(1);
			expect(tokens.join("")).toBe(answer.message.text);
			expect(answer.stopReason).toBe("end");
		});

		test("the usage names the provider and counts both ways", async () => {
			const { usage } = (await ask()).answer;
			expect(usage.provider).toBe(name);
			expect(usage.inputTokens).toBeGreaterThan(0);
			expect(usage.outputTokens).toBeGreaterThan(0);
			expect(usage.costUsd).toBeGreaterThanOrEqual(0);
		});

		test("without a schema there is no value", async () => {
			expect((await ask()).answer).not.toHaveProperty("json");
		});

		test("with a schema the answer is also a value of it", async () => {
			const { answer } = await ask({ jsonSchema: answerSchema });
			expect(answer.json).toEqual({ title: expect.any(String), passed: expect.any(Boolean) });
			expect(JSON.parse(answer.message.text)).toEqual(answer.json);
		});

		test("an answer that reached its limit says so", async () => {
			expect((await ask({ maxTokens: 2 })).answer.stopReason).toBe("max_tokens");
		});

		test("a value that reached its limit is not given", async () => {
			const { answer } = await ask({ maxTokens: 2, jsonSchema: answerSchema });
			expect(answer.stopReason).toBe("max_tokens");
			expect(answer).not.toHaveProperty("json");
		});

		test("an aborted request rejects with the reason", async () => {
			const reason = new Error("cancelled by Mara");
			await expect(ask({}, AbortSignal.abort(reason))).rejects.toBe(reason);
		});

		test("an abort in the middle of the answer rejects with the reason", async () => {
			const { provider, model } = await create();
			const controller = new AbortController();
			const reason = new Error("cancelled by Mara");
			const answer = provider.complete(
				{ model, messages, maxTokens: 500 },
				{ signal: controller.signal, onToken: () => controller.abort(reason) },
			);
			await expect(answer).rejects.toBe(reason);
		});

		test("asking again is answered again", async () => {
			const first = await ask();
			expect((await ask()).answer).toEqual(first.answer);
		});
	});
}
