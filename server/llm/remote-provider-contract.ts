import { describe, expect, onTestFinished, test, vi } from "vitest";
import { FatalError, RetryableError } from "../errors";
import { startFarSide, type Trouble, type Wire } from "./far-side/far-side";
import { type LlmMessage, llmMessageSchema, userMessage } from "./messages";
import type { LlmProvider, LlmRequest } from "./provider";
import type { ProviderSettings } from "./provider-settings";

const MODEL = "some-model";
/** What the SDKs read. */
const ENVIRONMENT = [
	...["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID"],
	...["OPENAI_PROJECT_ID", "GOOGLE_API_KEY", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"],
];
const read_file = {
	name: "read_file",
	description: "Reads a file.",
	inputSchema: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
};

/** What every provider over the network keeps to, beside what all providers do. Its far side speaks the real wire. */
export function describeRemoteProvider(
	name: string,
	wire: Wire,
	create: (settings: ProviderSettings) => LlmProvider,
): void {
	async function ask(request: Partial<LlmRequest> = {}, trouble?: Trouble) {
		const { url: baseUrl, asked } = await startFarSide(wire, trouble);
		const heard = { text: "", thinking: "", input: new Map<number, string>() };
		const send = (messages: readonly LlmMessage[]) =>
			create({ apiKey: "test-key", baseUrl }).complete(
				{ model: MODEL, maxTokens: 500, ...request, messages },
				{
					signal: new AbortController().signal,
					onToken: (text) => {
						heard.text += text;
					},
					onThinking: (text) => {
						heard.thinking += text;
					},
					onToolInput: ({ index, text }) => heard.input.set(index, (heard.input.get(index) ?? "") + text),
				},
			);
		const messages = request.messages ?? [userMessage("Read a.txt and b.txt.")];
		return { heard, asked, send, messages, answer: send(messages) };
	}

	describe(`${name} over the network`, () => {
		test("sends the model, the limit and the key", async () => {
			const { answer, asked } = await ask({ system: "Be brief." });
			expect((await answer).stopReason).toBe("end");
			expect(asked).toMatchObject([{ model: MODEL, maxTokens: 500, key: expect.stringContaining("test-key") }]);
		});

		test("sends a team’s address nothing of the server’s environment", async () => {
			onTestFinished(() => void vi.unstubAllEnvs());
			const secret = "the-administrators";
			for (const variable of ENVIRONMENT) vi.stubEnv(variable, secret);
			const custom = `X-Gateway: ${secret}\nAuthorization: Bearer ${secret}\nUser-Agent: ${secret}`;
			vi.stubEnv("ANTHROPIC_CUSTOM_HEADERS", custom);
			vi.stubEnv("OPENAI_CUSTOM_HEADERS", custom);
			const sent: string[] = [];
			const listening: Wire = {
				...wire,
				read(body, request) {
					sent.push(JSON.stringify([request.url, request.rawHeaders]));
					return wire.read(body, request);
				},
			};
			const { url: baseUrl } = await startFarSide(listening);
			const options = { signal: new AbortController().signal, onToken: () => undefined };
			const request = { model: MODEL, messages: [userMessage("Hi")], maxTokens: 100 };
			for (const apiKey of ["the-teams-key", undefined])
				await create({ apiKey, baseUrl, isTeams: true }).complete(request, options);
			await create({ apiKey: "k", baseUrl }).complete(request, options);
			expect(sent[0]).toContain("the-teams-key");
			expect(sent.slice(0, 2).join()).not.toContain(secret);
			// The server's own requests keep what the administrator has set up.
			expect(sent[2]?.includes(secret)).toBe(name !== "gemini");
		});

		test("calls several tools in one answer, and takes their results", async () => {
			const { answer, heard, asked, send, messages } = await ask({ tools: [read_file], cache: true });
			const first = await answer;
			expect(first.stopReason).toBe("tool_calls");
			expect(first.message.text).toBe("I read both.");
			const { toolCalls } = first.message;
			expect(toolCalls.map((call) => call.input)).toEqual([{ path: "a.txt" }, { path: "b.txt" }]);
			expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
			expect([...heard.input.values()]).toEqual(['{"path":"a.txt"}', '{"path":"b.txt"}']);
			const results = toolCalls.map((call, index) => ({
				...{ callId: call.id, name: call.name, isError: index === 1 },
				content: [{ type: "text" as const, text: "12 passed" }],
			}));
			// As it is recorded, and read again by another worker.
			const recorded = llmMessageSchema.parse(JSON.parse(JSON.stringify(first.message)));
			const second = await send([...messages, recorded, { role: "tool", results }]);
			expect(second).toMatchObject({ stopReason: "end", message: { text: "Twelve passed, one failed." } });
			expect(asked[1]?.answered).toHaveLength(2);
			expect(asked[1]?.sentBack).toBe(true);
		});

		test("keeps thinking apart from the text", async () => {
			const { answer, heard } = await ask({ tools: [read_file] });
			expect(await answer).toMatchObject({ thinking: "Both files.", message: { text: "I read both." } });
			expect(heard).toMatchObject({ thinking: "Both files.", text: "I read both." });
		});

		test("sends pictures and documents, also those of a tool", async () => {
			const file = { type: "pdf" as const, name: "plan.pdf", data: "JVBERi0=" };
			const image = { type: "image" as const, mediaType: "image/png" as const, data: "iVBORw0KGgo=" };
			const call = { id: "call_1_0", name: "read_file", input: { path: "a.png" } };
			const { answer, asked } = await ask({
				tools: [read_file],
				messages: [
					{ role: "user", content: [{ type: "text", text: "Look." }, image, file] },
					{ role: "assistant", text: "", toolCalls: [call], opaque: { provider: "somebody-else", data: [] } },
					{ role: "tool", results: [{ callId: call.id, name: call.name, content: [image], isError: false }] },
				],
			});
			await answer;
			expect(asked[0]?.files).toEqual(["image/png", "application/pdf", "image/png"]);
		});

		test("counts each token in one place", async () => {
			const { usage } = await (await ask()).answer;
			expect(usage).toMatchObject({ provider: name, model: MODEL });
			const { inputTokens, cacheReadTokens, outputTokens, reasoningTokens } = usage;
			expect({ inputTokens, cacheReadTokens, outputTokens, reasoningTokens }).toEqual({
				...{ inputTokens: 1_000, cacheReadTokens: 300, outputTokens: 160, reasoningTokens: 40 },
			});
		});

		test("a rate limit says how long to wait, and the SDK does not try again by itself", async () => {
			const { answer, asked } = await ask({}, { kind: "status", status: 429, headers: { "retry-after": "7" } });
			await expect(answer).rejects.toMatchObject({ name: "RetryableError", retryAfterSeconds: 7 });
			expect(asked).toHaveLength(1);
		});

		test.each<Trouble>([
			{ kind: "status", status: 500 },
			{ kind: "status", status: 503 },
			{ kind: "status", status: 529 },
			{ kind: "cut" },
			{ kind: "short" },
		])("may be tried again after %o", async (trouble) => {
			await expect((await ask({}, trouble)).answer).rejects.toBeInstanceOf(RetryableError);
		});

		test("a server that is not there may be tried again", async () => {
			const options = { signal: new AbortController().signal, onToken: () => undefined };
			const request = { model: MODEL, messages: [userMessage("Hi")], maxTokens: 9 };
			const answer = create({ apiKey: "k", baseUrl: "http://127.0.0.1:1" }).complete(request, options);
			await expect(answer).rejects.toThrow(/could not be reached/);
			await expect(answer).rejects.toBeInstanceOf(RetryableError);
		});

		test.each([
			[401, /refused the key/],
			[404, /no model called some-model/],
			[400, /no/],
		])("does not try again after status %i, and says what to do", async (status, message) => {
			const { answer } = await ask({}, { kind: "status", status });
			await expect(answer).rejects.toThrow(message);
			await expect(answer).rejects.toBeInstanceOf(FatalError);
		});

		test("an address that our fetch refuses is told as it tells it", async () => {
			const refused = new FatalError("10.0.0.1 is a private address.");
			const options = { signal: new AbortController().signal, onToken: () => undefined };
			const provider = create({ apiKey: "k", baseUrl: "http://10.0.0.1", fetch: () => Promise.reject(refused) });
			const request = { model: MODEL, messages: [userMessage("Hi")], maxTokens: 9 };
			await expect(provider.complete(request, options)).rejects.toBe(refused);
		});
	});
}
