import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { FatalError, RetryableError } from "../../errors";
import { createOutboundFetch, type OutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import type { Json, JsonObject } from "../../plan/values/json";
import { createTestContext } from "../test-context";
import { slackDefinition } from "./definition";
import { executeSlack } from "./execute";

interface Message {
	ts: string;
	thread_ts?: string;
	text: string;
	blocks: { text: { text: string } }[];
	metadata?: Json;
	files?: { name: string }[];
}

const TOKEN = "xoxb-1234567890-secret";
const CHANNEL = "C0123456789";
let messages: Message[] = [];
/** By method: what it answers instead. */
let refusals: Record<string, { status?: number; error: string }> = {};
/** The answer of this method is lost, though it was followed. */
let losesAnswer = "";
/** What was uploaded, by the id of the file. */
let uploads: Record<string, { name: string; length: number; content: string }> = {};

/** Speaks Slack's Web API as far as a bot that posts needs it: form fields in, JSON with `ok` out. */
const server = await startTestServer(({ url = "", headers }, response) => {
	const fields = new URLSearchParams(server.requests.at(-1)?.body);
	const method = url.split("/").at(-1) ?? "";
	const answer = (body: object, status = 200) =>
		response.writeHead(status, { "content-type": "application/json", "retry-after": "7" }).end(JSON.stringify(body));
	if (url.startsWith("/services/")) return response.end("ok");
	const upload = url.startsWith("/upload/") ? uploads[method] : undefined;
	if (upload) {
		upload.content = server.requests.at(-1)?.body ?? "";
		return response.end(`OK - ${headers["content-length"]}`);
	}
	if (headers.authorization !== `Bearer ${TOKEN}`) return answer({ ok: false, error: "invalid_auth" });
	const refusal = refusals[method];
	if (refusal) return answer({ ok: false, error: refusal.error }, refusal.status);
	return answer({ ok: true, channel: CHANNEL, ...answerTo(method, fields) }, losesAnswer === method ? 503 : 200);
});
afterAll(() => server.close());
beforeEach(() => {
	[messages, refusals, losesAnswer, uploads] = [[], {}, "", {}];
});

function answerTo(method: string, fields: URLSearchParams): object {
	const json = (name: string) => JSON.parse(fields.get(name) ?? "null");
	if (method === "chat.postMessage") {
		const ts = `1700.${messages.length}`;
		const thread = fields.get("thread_ts");
		messages.push({
			ts,
			text: fields.get("text") ?? "",
			blocks: json("blocks"),
			metadata: json("metadata"),
			...(thread !== null && { thread_ts: thread }),
		});
		return { ts };
	}
	if (method === "chat.update") {
		const message = messages.find(({ ts }) => ts === fields.get("ts"));
		if (!message) return { ok: false, error: "message_not_found" };
		message.blocks = json("blocks");
		return { ts: message.ts };
	}
	if (method === "files.getUploadURLExternal") {
		const id = `F${Object.keys(uploads).length}`;
		uploads[id] = { name: fields.get("filename") ?? "", length: Number(fields.get("length")), content: "" };
		return { file_id: id, upload_url: `https://files.slack.com/upload/${id}` };
	}
	if (method === "files.completeUploadExternal") {
		const files = json("files").map(({ id }: { id: string }) => ({ name: uploads[id]?.name ?? "" }));
		const thread = fields.get("thread_ts");
		messages.push({
			ts: `1700.${messages.length}`,
			text: "",
			blocks: [],
			files,
			...(thread !== null && { thread_ts: thread }),
		});
		return { files };
	}
	if (method === "conversations.history")
		return { messages: messages.filter((message) => message.thread_ts === undefined) };
	if (method === "conversations.replies")
		return { messages: messages.filter(({ ts, thread_ts }) => [ts, thread_ts].includes(fields.get("ts") ?? "")) };
	return { permalink: `https://acme.slack.com/archives/${CHANNEL}/p${fields.get("message_ts")}` };
}

const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });

async function post(config: JsonObject = {}, options: Parameters<typeof createTestContext>[0] = {}) {
	const fetch: OutboundFetch = (url, init) =>
		outbound(url.replace(/^https:\/\/(hooks\.|files\.)?slack\.com/, server.origin), init);
	const context = createTestContext({ fetch, ...options });
	const parsed = slackDefinition.config.parse({ token: TOKEN, channel: CHANNEL, text: "Hello", ...config });
	const result = await executeSlack(parsed, context);
	if (!("output" in result)) throw new Error("It posts.");
	return { output: result.output, state: Object.fromEntries(context.effects.state), logs: context.effects.logs };
}

describe("a message to Slack", () => {
	test("is posted by a bot, and says where it is", async () => {
		const { output } = await post({ text: "*Red*" });
		expect(messages).toMatchObject([
			{ text: "*Red*", blocks: [{ type: "section", text: { type: "mrkdwn", text: "*Red*" } }] },
		]);
		expect(output).toEqual({
			channel: CHANNEL,
			ts: "1700.0",
			permalink: `https://acme.slack.com/archives/${CHANNEL}/p1700.0`,
		});
	});

	test("begins the run’s thread, in which the later ones answer; or stands for itself", async () => {
		const first = await post();
		await post({ text: "Later" }, { state: first.state });
		await post({ text: "Alone", thread: "none" }, { state: first.state });
		expect(messages.map(({ thread_ts }) => thread_ts)).toEqual([undefined, "1700.0", undefined]);
	});

	test("that is long is cut at lines into blocks of 3,000 characters, and goes on in its thread, whole", async () => {
		const text = `${"a line of a report 😀\n".repeat(2_500)}end`;
		await post({ text });
		expect(messages.length).toBeGreaterThan(1);
		expect(messages.slice(1).every(({ thread_ts }) => thread_ts === "1700.0")).toBe(true);
		const blocks = messages.flatMap((message) => message.blocks.map((block) => block.text.text));
		expect(Math.max(...blocks.map((block) => block.length))).toBeLessThanOrEqual(3_000);
		expect(blocks.join("")).toBe(text);
	});

	test.each(["x", "😀", "é"])("of one line without an end is cut between characters (%s)", async (unit) => {
		await post({ text: unit.repeat(20_001) });
		const blocks = messages.flatMap((message) => message.blocks.map((block) => block.text.text));
		expect(blocks.every((block) => block.isWellFormed())).toBe(true);
		expect(blocks.join("")).toBe(unit.repeat(20_001));
	});

	test("whose answer was lost is posted once, with what was missing of it", async () => {
		losesAnswer = "chat.postMessage";
		const text = "a line\n".repeat(10_000);
		await expect(post({ text })).rejects.toBeInstanceOf(RetryableError);
		losesAnswer = "";
		const { output } = await post({ text }, { attempt: 2 });
		expect(output.ts).toBe("1700.0");
		expect(messages.flatMap((message) => message.blocks.map((block) => block.text.text)).join("")).toBe(text.trim());
		const count = messages.length;
		await post({ text }, { attempt: 3 });
		expect(messages).toHaveLength(count);
	});

	test("is posted again where the bot may not read what it has posted, and the log says so", async () => {
		refusals = { "conversations.history": { error: "missing_scope" } };
		const { logs } = await post({}, { attempt: 2 });
		expect(messages).toHaveLength(1);
		expect(logs[0]?.text).toContain("may not read the channel");
	});

	test("replaces an earlier one in its place", async () => {
		const { output } = await post();
		await post({ text: "Done", update: output.ts });
		expect(messages).toHaveLength(1);
		expect(messages[0]?.blocks[0]?.text.text).toBe("Done");
		await expect(post({ text: "x".repeat(40_000), update: output.ts })).rejects.toThrow("too long for one message");
	});

	test("goes by an incoming webhook, too", async () => {
		const { output } = await post({ token: "https://hooks.slack.com/services/T/B/key", channel: "" });
		expect(output).toEqual({ channel: null, ts: null, permalink: null });
		expect(JSON.parse(server.requests.at(-1)?.body ?? "")).toMatchObject({ text: "Hello" });
	});

	test("is there although Slack does not say its address", async () => {
		refusals = { "chat.getPermalink": { error: "internal_error" } };
		expect((await post()).output.permalink).toBeNull();
	});
});

describe("files of a message to Slack", () => {
	const files = { a: { name: "logs/a.txt", content: "first 😀" }, b: { name: "b.csv", content: "x,y" } };
	const both = { files: [{ id: "a" }, { id: "b" }] };

	test("are uploaded whole into its thread, as one message", async () => {
		await post(both, { files });
		expect(Object.values(uploads)).toEqual([
			{ name: "a.txt", length: 10, content: "first 😀" },
			{ name: "b.csv", length: 3, content: "x,y" },
		]);
		expect(messages[1]).toMatchObject({ thread_ts: "1700.0", files: [{ name: "a.txt" }, { name: "b.csv" }] });
	});

	test("are shown once though an attempt was lost before or after", async () => {
		for (const method of ["files.getUploadURLExternal", "files.completeUploadExternal"]) {
			[messages, losesAnswer] = [[], method];
			await expect(post(both, { files })).rejects.toBeInstanceOf(RetryableError);
			losesAnswer = "";
			await post(both, { files, attempt: 2 });
			expect(messages.map((message) => message.files?.length ?? 0)).toEqual([0, 2]);
		}
	});

	test("hold a text that is too long, where that is wanted", async () => {
		const text = "a line of a report\n".repeat(2_500);
		await post({ text, long: "file" });
		expect(messages).toHaveLength(2);
		expect(messages[0]?.blocks.map((block) => block.text.text)).toEqual([
			expect.stringMatching(/^a line/),
			"_The whole text is in the file below._",
		]);
		expect(Object.values(uploads)).toEqual([{ name: "report.md", length: text.length - 1, content: text.trim() }]);
		await post({ text: "short", long: "file" });
		expect(Object.keys(uploads)).toHaveLength(1);
	});

	test.each([
		[{ ...both, token: "https://hooks.slack.com/services/T/B/key" }, "webhook posts no files"],
		[{ ...both, update: "1700.0" }, "takes no files"],
		[{ files: [{ id: "empty" }] }, "empty.txt is empty"],
		[{ files: Array(21).fill({ id: "a" }) }, "These are 21 files"],
	])("are refused with the next step (%#)", async (config, message) => {
		const empty = { name: "empty.txt", content: "" };
		const thrown = await post(config, { files: { ...files, empty } }).catch((caught: unknown) => caught);
		expect(thrown).toBeInstanceOf(FatalError);
		expect(Object(thrown).message).toContain(message);
	});
});

test.each([
	["channel_not_found", FatalError, "Slack knows no such channel"],
	["not_in_channel", FatalError, "/invite @bot"],
	["invalid_auth", FatalError, "begins with xoxb-"],
	["msg_too_long", FatalError, "Shorten it"],
	["some_new_code", FatalError, "Slack refused: some_new_code."],
	["ratelimited", RetryableError, "ratelimited"],
])("%s is told with the next step", async (error, kind, message) => {
	refusals = { "chat.postMessage": { error, ...(error === "ratelimited" && { status: 429 }) } };
	const thrown = await post().catch((caught: unknown) => caught);
	expect(thrown).toBeInstanceOf(kind);
	expect(thrown).toHaveProperty("message", expect.stringContaining(message));
	expect(Object(thrown).message).not.toContain("secret");
	expect(Object(thrown).retryAfterSeconds).toBe(error === "ratelimited" ? 7 : undefined);
});

test("a bot needs a channel", async () => {
	await expect(post({ channel: "" })).rejects.toThrow("Enter the channel");
});
