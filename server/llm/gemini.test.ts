import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { startFarSide } from "./far-side/far-side";
import { geminiWire } from "./far-side/gemini-wire";
import { createGeminiProvider } from "./gemini";
import { userMessage } from "./messages";
import { describeProvider } from "./provider-contract";
import { describeRemoteProvider } from "./remote-provider-contract";

const MODEL = "gemini-2.5-flash";

describeProvider("gemini", async () => {
	const { url } = await startFarSide(geminiWire);
	return { provider: createGeminiProvider({ apiKey: "k", baseUrl: url }), model: MODEL };
});
describeRemoteProvider("gemini", geminiWire, createGeminiProvider);

async function ask(wire: typeof geminiWire, status?: number) {
	const trouble = status
		? { kind: "status" as const, status, message: "API key not valid. Pass a valid API key." }
		: undefined;
	const { url: baseUrl } = await startFarSide(wire, trouble);
	const options = { signal: new AbortController().signal, onToken: () => undefined };
	const request = { model: MODEL, messages: [userMessage("Hi")], maxTokens: 100 };
	return await createGeminiProvider({ apiKey: "k", baseUrl }).complete(request, options);
}

const answering = (chunk: object) => ({ ...geminiWire, answer: () => [`data: ${JSON.stringify(chunk)}\r\n\r\n`] });

test("a prompt that is blocked, or an answer that is, is a refusal", async () => {
	expect(await ask(answering({ promptFeedback: { blockReason: "SAFETY" } }))).toMatchObject({ stopReason: "refusal" });
	expect(await ask(answering({ candidates: [{ finishReason: "SAFETY" }] }))).toMatchObject({ stopReason: "refusal" });
});

test("a wrong key, which Gemini calls a bad request, is told as one", async () => {
	await expect(ask(geminiWire, 400)).rejects.toThrow(/refused the key/);
	await expect(ask(geminiWire, 400)).rejects.toBeInstanceOf(FatalError);
});

test("a wait that stands in the details of an error is kept", async () => {
	const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "17s" }];
	const wire = { ...geminiWire, error: () => ({ error: { message: "quota", details } }) };
	await expect(ask(wire, 429)).rejects.toMatchObject({ retryAfterSeconds: 17 });
});
