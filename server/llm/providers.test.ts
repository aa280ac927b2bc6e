import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FatalError } from "../errors";
import { createOutboundFetch } from "../http/outbound-fetch";
import { startFarSide } from "./far-side/far-side";
import { openAiWire } from "./far-side/openai-wire";
import { userMessage } from "./messages";
import { createProviders } from "./providers";
import { readPrices } from "./read-prices";

test("the demo provider needs nothing", () => {
	expect(createProviders({})("demo").name).toBe("demo");
});

test("without a key, a provider says how to get one set up", () => {
	expect(() => createProviders({})("anthropic")).toThrow(FatalError);
	expect(() => createProviders({ anthropic: { apiKey: "" } })("anthropic")).toThrow(
		/Choose a credential .* set ANTHROPIC_API_KEY .* demo provider/,
	);
	expect(() => createProviders({})("gemini")).toThrow(/GEMINI_API_KEY/);
});

test("a key is enough, be it the server's or a step's; a local server needs none", () => {
	expect(createProviders({ anthropic: { apiKey: "key" } })("anthropic").name).toBe("anthropic");
	expect(createProviders({})("gemini", { apiKey: "key" }).name).toBe("gemini");
	expect(createProviders({ openai: { baseUrl: "http://127.0.0.1:11434/v1" } })("openai").name).toBe("openai");
	expect(() => createProviders({})("anthropic", { apiKey: "" })).toThrow(FatalError);
});

test("an unknown provider is named", () => {
	expect(() => createProviders({})("__proto__")).toThrow("no provider called __proto__");
});

async function ask(allow: string[], credential: object) {
	const { url, asked } = await startFarSide(openAiWire());
	const outbound = createOutboundFetch({ allow });
	const find = createProviders({ openai: { apiKey: "the-servers-key" }, outbound });
	const provider = find("openai", { apiKey: JSON.stringify({ url: `${url}/v1`, ...credential }) });
	const options = { signal: new AbortController().signal, onToken: () => undefined };
	const request = { model: "llama", messages: [userMessage("Hi")], maxTokens: 100 };
	return { asked, answer: provider.complete(request, options) };
}

test("an address that a team has chosen is asked by the guarded fetch, and never with the server's key", async () => {
	const refused = await ask([], { provider: "openai", key: "the-teams-key" });
	await expect(refused.answer).rejects.toBeInstanceOf(FatalError);
	expect(refused.asked).toEqual([]);
	const { answer, asked } = await ask(["127.0.0.1"], { provider: "openai", key: "the-teams-key" });
	expect(await answer).toMatchObject({ stopReason: "end", usage: { costUsd: 0, estimated: true } });
	expect(asked).toMatchObject([{ key: "Bearer the-teams-key" }]);
	const keyless = await ask(["127.0.0.1"], { provider: "openai" });
	await keyless.answer;
	expect(JSON.stringify(keyless.asked)).not.toContain("the-servers-key");
});

test("a brought key does not hide that the server's own address is asked", () => {
	const own = "http://127.0.0.1:11434/v1";
	const find = createProviders({ openai: { baseUrl: own }, anthropic: { apiKey: "key" } });
	const asksOwn = (name: string, apiKey: string) => find(name, { apiKey }).isServerAddress;
	const access = (url: string) => JSON.stringify({ provider: "openai", key: "made-up", url });
	expect(asksOwn("openai", "made-up")).toBe(true);
	expect(asksOwn("openai", JSON.stringify({ provider: "openai", key: "made-up" }))).toBe(true);
	expect(asksOwn("openai", access("http://127.0.0.1:11434/other/../v1/"))).toBe(true);
	expect(asksOwn("openai", access("https://llm.example.com/v1"))).toBe(false);
	expect(asksOwn("anthropic", "their own")).toBe(false);
});

test("the key of another provider is not sent", async () => {
	await expect(ask(["127.0.0.1"], { provider: "anthropic", key: "k" })).rejects.toThrow(
		"The credential is for anthropic",
	);
});

test("an administrator's prices are read from a file, whose problem is named", () => {
	const file = join(mkdtempSync(join(tmpdir(), "prices-")), "prices.json");
	const price = { provider: "openai", model: "llama", since: "2026-01-01", input: 1, output: 2 };
	writeFileSync(file, JSON.stringify([price]));
	expect(readPrices(file)).toEqual([price]);
	writeFileSync(file, JSON.stringify([{ ...price, output: -2 }]));
	expect(() => readPrices(file)).toThrow(/WEFT_LLM_PRICES_FILE cannot be used: 0.output/);
	expect(readPrices(undefined)).toEqual([]);
});
