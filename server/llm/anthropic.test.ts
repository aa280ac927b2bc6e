import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ContextOverflowError, FatalError, RetryableError } from "../errors";
import { createAnthropicProvider } from "./anthropic";
import { anthropicWire } from "./far-side/anthropic-wire";
import { userMessage } from "./messages";
import type { LlmRequest } from "./provider";
import { describeProvider } from "./provider-contract";
import { describeRemoteProvider } from "./remote-provider-contract";

const MODEL = "claude-sonnet-5-5";

const requestSchema = z.object({
	model: z.string(),
	max_tokens: z.number(),
	system: z.string().optional(),
	messages: z.array(z.object({ role: z.string(), content: z.array(z.looseObject({ type: z.string() })) })),
	output_config: z.object({ format: z.object({ type: z.string(), schema: z.unknown() }) }).optional(),
	stream: z.literal(true),
});
type WireRequest = z.infer<typeof requestSchema>;
type Handler = (response: ServerResponse, body: WireRequest, request: IncomingMessage) => void;

const servers: Server[] = [];

/** A server that speaks the Messages API's wire format as far as `handle` does. */
async function serve(handle: Handler): Promise<string> {
	const server = createServer(async (request, response) => {
		let text = "";
		for await (const chunk of request) text += chunk;
		handle(response, requestSchema.parse(JSON.parse(text)), request);
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	return `http://127.0.0.1:${address.port}`;
}

afterAll(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
});

/** One server-sent event as the API writes it: https://platform.claude.com/docs/en/build-with-claude/streaming */
function write(response: ServerResponse, data: { type: string; [key: string]: unknown }): void {
	response.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
}

function begin(response: ServerResponse, model = MODEL): void {
	response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
	const usage = { input_tokens: 1_000, output_tokens: 1 };
	const message = {
		id: "msg_1",
		type: "message",
		role: "assistant",
		content: [],
		model,
		stop_reason: null,
		stop_sequence: null,
		usage,
	};
	write(response, { type: "message_start", message });
}

function sendText(response: ServerResponse, pieces: string[]): void {
	write(response, { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
	write(response, { type: "ping" });
	for (const text of pieces)
		write(response, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
	write(response, { type: "content_block_stop", index: 0 });
}

function end(response: ServerResponse, stopReason = "end_turn", outputTokens = 200): void {
	write(response, {
		type: "message_delta",
		delta: { stop_reason: stopReason, stop_sequence: null },
		usage: { output_tokens: outputTokens },
	});
	write(response, { type: "message_stop" });
	response.end();
}

/** Answers as the API does: text, or JSON when a format is asked for, cut off at the token limit. */
const answerLikeClaude: Handler = (response, body) => {
	const whole = body.output_config
		? ['{"title":"One ', 'failure","passed":', "false}"]
		: ["Twelve ", "passed, ", "one failed."];
	const isCut = body.max_tokens < 10;
	begin(response);
	sendText(response, isCut ? whole.slice(0, 2) : whole);
	end(response, isCut ? "max_tokens" : "end_turn");
};

let contractUrl = "";
beforeAll(async () => {
	contractUrl = await serve(answerLikeClaude);
});

describeProvider("anthropic", () => ({
	provider: createAnthropicProvider({ apiKey: "test-key", baseUrl: contractUrl }),
	model: MODEL,
}));
describeRemoteProvider("anthropic", anthropicWire, createAnthropicProvider);

async function ask(handle: Handler, more: Partial<LlmRequest> = {}) {
	const provider = createAnthropicProvider({ apiKey: "test-key", baseUrl: await serve(handle) });
	const options = { signal: new AbortController().signal, onToken: () => undefined };
	return await provider.complete({ model: MODEL, messages: [userMessage("Hi")], maxTokens: 100, ...more }, options);
}

function failing(status: number, error: object, headers: Record<string, string> = {}): Handler {
	return (response) => {
		response.writeHead(status, { "content-type": "application/json", ...headers });
		response.end(JSON.stringify({ type: "error", error }));
	};
}

describe("what is sent", () => {
	test("is the prompt, the instructions and the limit, and no temperature", async () => {
		const seen: unknown[] = [];
		await ask(
			(response, body, request) => {
				seen.push(body, request.url, request.headers.authorization ?? request.headers["x-api-key"]);
				answerLikeClaude(response, body, request);
			},
			{ system: "Be brief." },
		);
		expect(seen[0]).toEqual({
			model: MODEL,
			max_tokens: 100,
			system: "Be brief.",
			messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
			stream: true,
		});
		expect(seen[1]).toBe("/v1/messages");
		expect(seen[2]).toContain("test-key");
	});

	test("a schema is made strict, as structured output wants it", async () => {
		const formats: unknown[] = [];
		await ask(
			(response, body, request) => {
				formats.push(body.output_config?.format);
				answerLikeClaude(response, body, request);
			},
			{ jsonSchema: { type: "object", properties: { title: { type: "string", maxLength: 9 } } } },
		);
		expect(formats).toMatchObject([{ type: "json_schema", schema: { type: "object", additionalProperties: false } }]);
	});

	test("a schema that cannot be used is refused before anything is sent", async () => {
		await expect(ask(answerLikeClaude, { jsonSchema: { properties: {} } })).rejects.toThrow(
			/JSON schema .* cannot be used/,
		);
	});
});

describe("what comes back", () => {
	test("is counted at list prices under the model that answered", async () => {
		const { usage } = await ask(answerLikeClaude);
		expect(usage).toMatchObject({ model: MODEL, inputTokens: 1_000, outputTokens: 200 });
		expect(usage.costUsd).toBeCloseTo(0.004);
	});

	test("thinking is not part of the text", async () => {
		const answer = await ask((response) => {
			begin(response);
			write(response, {
				type: "content_block_start",
				index: 0,
				content_block: { type: "thinking", thinking: "", signature: "" },
			});
			write(response, { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Hm." } });
			write(response, { type: "content_block_stop", index: 0 });
			write(response, { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } });
			write(response, { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Yes." } });
			write(response, { type: "content_block_stop", index: 1 });
			end(response);
		});
		expect(answer).toMatchObject({ thinking: "Hm.", message: { text: "Yes." } });
	});

	test.each([
		["end_turn", "end"],
		["stop_sequence", "end"],
		["max_tokens", "max_tokens"],
		["model_context_window_exceeded", "context_full"],
		["refusal", "refusal"],
	])("the stop reason %s means %s", async (wire, stopReason) => {
		const answer = await ask((response) => {
			begin(response);
			sendText(response, ["Some text"]);
			end(response, wire);
		});
		expect(answer.stopReason).toBe(stopReason);
	});

	test("a pause for a tool of Anthropic's own fails for good", async () => {
		const result = ask((response) => {
			begin(response);
			end(response, "pause_turn");
		});
		await expect(result).rejects.toBeInstanceOf(FatalError);
	});
});

describe("failures that another attempt may heal", () => {
	test("an error in the middle of the stream", async () => {
		const result = ask((response) => {
			begin(response);
			sendText(response, ["Half"]);
			write(response, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } });
			response.end();
		});
		await expect(result).rejects.toThrow("overloaded just now");
		await expect(result).rejects.toBeInstanceOf(RetryableError);
	});
});

describe("failures that stay", () => {
	test("a conversation that is too long says so", async () => {
		const error = { type: "invalid_request_error", message: "prompt is too long: 201000 tokens > 200000 maximum" };
		await expect(ask(failing(400, error))).rejects.toBeInstanceOf(ContextOverflowError);
	});

	test.each([
		[
			401,
			{ type: "authentication_error", message: "invalid x-api-key" },
			/Check the credential of the step, or the key of the server/,
		],
		[403, { type: "permission_error", message: "no" }, /may not use claude-sonnet-5-5/],
		[404, { type: "not_found_error", message: "model: x" }, /no model called claude-sonnet-5-5/],
		[400, { type: "invalid_request_error", message: "max_tokens is too large" }, /max_tokens is too large/],
		[413, { type: "request_too_large", message: "big" }, /Send less of it/],
	])("status %i says what to do", async (status, error, message) => {
		const result = ask(failing(status, error));
		await expect(result).rejects.toThrow(message);
		await expect(result).rejects.toBeInstanceOf(FatalError);
	});
});
