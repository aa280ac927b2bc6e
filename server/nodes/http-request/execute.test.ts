import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { createRunId } from "@/server/runners/test-run-id";
import { FatalError, RetryableError } from "../../errors";
import { createOutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import { createLocalRunner } from "../../runners/local-runner";
import type { Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { httpRequestDefinition } from "./definition";
import { executeHttpRequest } from "./execute";

const server = await startTestServer((request, response) => {
	const path = request.url?.split("?")[0] ?? "";
	const status = /^\/status\/(\d+)/.exec(path)?.[1];
	const json = { "content-type": "application/json; charset=utf-8" };
	if (status !== undefined) response.writeHead(Number(status), { "retry-after": "7" }).end("not today");
	else if (path === "/json") response.writeHead(200, json).end('{"healthy":true}');
	else if (path === "/3mb") response.writeHead(200, { "content-type": "text/plain" }).end("x".repeat(3_000_000));
	else if (path === "/quotes") response.writeHead(200, json).end(JSON.stringify('"'.repeat(900_000)));
	else if (path === "/ids") response.writeHead(200, json).end('{"id":12345678901234567890,"small":7}');
	else if (path === "/infinite") response.writeHead(200, json).end('{"n":1e400}');
	else if (path === "/no-json") response.writeHead(200, json).end("<html>");
	else if (path === "/large") response.writeHead(200, json).end(JSON.stringify("x".repeat(1_000_000)));
	else if (path === "/bomb")
		response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000, "a")));
	else if (path === "/binary")
		response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from([137, 80, 0, 1]));
	else if (path === "/latin")
		response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" }).end(Buffer.from([0xe9]));
	else if (path === "/hang") response.writeHead(200).flushHeaders();
	else if (path === "/broken")
		response.writeHead(200, { "content-length": "9" }).write("half", () => response.destroy());
	else if (path === "/moved") response.writeHead(302, { location: "/json" }).end();
	else response.end("hello");
});
let workspace: Workspace;
let directory: string;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-http-step-"));
	workspace = await createLocalRunner({ directory, workerId: "test" }).acquire(createRunId());
});
afterAll(async () => {
	await server.close();
	await rm(directory, { recursive: true, force: true });
});

const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });

async function run(path: string, config: JsonObject = {}, options: Parameters<typeof createTestContext>[0] = {}) {
	const context = createTestContext({ fetch, ...options });
	const parsed = httpRequestDefinition.config.parse({ url: `${server.origin}${path}`, ...config });
	const { output } = await executeHttpRequest(parsed, context);
	return { output, logs: context.effects.logs.map(({ text }) => text), request: server.requests.at(-1) };
}

describe("the answer", () => {
	test("of a server that says JSON is a value", async () => {
		expect((await run("/json")).output).toMatchObject({
			status: 200,
			ok: true,
			body: { healthy: true },
			truncated: false,
		});
	});

	test("of a server that only says so is text, and refused when JSON is asked for", async () => {
		expect((await run("/no-json")).output.body).toBe("<html>");
		await expect(run("/no-json", { parse: "json" })).rejects.toThrow("not JSON. It begins: <html>");
	});

	test("keeps long integers digit for digit, and refuses numbers that nothing can hold", async () => {
		expect((await run("/ids")).output.body).toEqual({ id: "12345678901234567890", small: 7 });
		await expect(run("/infinite")).rejects.toThrow("1e400 is too large for a number");
		expect((await run("/infinite", { parse: "text" })).output.body).toBe('{"n":1e400}');
	});

	test("can be kept as text", async () => {
		expect((await run("/json", { parse: "text" })).output.body).toBe('{"healthy":true}');
	});

	test("is read in the character set that the server names", async () => {
		expect((await run("/latin")).output.body).toBe("é");
	});

	test("that is binary is not kept, and the log says so", async () => {
		const { output, logs } = await run("/binary");
		expect(output.body).toBeNull();
		expect(logs.join()).toContain("binary (image/png)");
	});

	test("that is too large is cut off, and the log says so", async () => {
		const { output, logs } = await run("/large", { maxResponseBytes: 1_000 });
		expect(output).toMatchObject({ truncated: true, body: `"${"x".repeat(999)}` });
		expect(logs.join()).toContain("cut off after 1000 bytes");
		await expect(run("/large", { maxResponseBytes: 1_000, parse: "json" })).rejects.toThrow("larger than 1000 bytes");
	});

	test("that grows when it is unpacked is cut off too", async () => {
		const { output } = await run("/bomb", { maxResponseBytes: 10_000 });
		expect(output).toMatchObject({ truncated: true, body: "a".repeat(10_000) });
	});

	test("comes from where a redirect leads, unless redirects are off", async () => {
		expect((await run("/moved")).output).toMatchObject({ status: 200, url: `${server.origin}/json` });
		expect((await run("/moved", { followRedirects: false })).output).toMatchObject({ status: 302 });
	});

	test("that does not fit into an output fails with what to do, however it is written", async () => {
		await expect(run("/3mb")).rejects.toThrow("larger than 2 MB. Keep it as a file of the run");
		await expect(run("/3mb")).rejects.toBeInstanceOf(FatalError);
		expect((await run("/3mb", { maxResponseBytes: 100 })).output).toMatchObject({ truncated: true, bytes: 100 });
		await expect(run("/quotes", { parse: "text" })).rejects.toThrow("larger than 2 MB");
	});

	test("can be saved to a file of the workspace, of any size and kind", async () => {
		const { output } = await run("/3mb", { saveAs: "out/large.txt" }, { workspace });
		expect(output).toMatchObject({ body: null, file: "out/large.txt", bytes: 3_000_000, truncated: false });
		expect((await stat(join(workspace.directory, "out/large.txt"))).size).toBe(3_000_000);
		await run("/binary", { saveAs: "a $(touch evil) 'b'.png" }, { workspace });
		expect(await readFile(join(workspace.directory, "a $(touch evil) 'b'.png"))).toEqual(Buffer.from([137, 80, 0, 1]));
	});

	test.each(["/etc/answer", "../answer", "a/../../answer", ""])("cannot be saved to %j", async (saveAs) => {
		await expect(run("/json", { saveAs: saveAs || "\0" }, { workspace })).rejects.toThrow(
			"is no file of the workspace",
		);
	});

	test("is in the log without the query, where keys hide", async () => {
		const { logs } = await run("/hi", { query: { token: "s3cret" } });
		expect(logs[0]).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/hi answered 200 OK, 5 bytes in \d+ ms$/);
	});
});

describe("the request", () => {
	test("carries its query escaped and its headers, and leaves out what is nothing", async () => {
		const { request } = await run("/q?a=1", {
			query: { b: "x&y=z", c: 2, d: null, e: [1, null, "2"] },
			headers: { "X-N": 5, "X-None": null },
		});
		expect(request?.path).toBe("/q?a=1&b=x%26y%3Dz&c=2&e=1&e=2");
		expect(request?.headers).toMatchObject({ "x-n": "5", "user-agent": "Weft" });
		expect(request?.headers).not.toHaveProperty("x-none");
	});

	test.each<[string, JsonObject, string, string]>([
		["a value as JSON", { bodyType: "json", body: { a: [1, "x"] } }, "application/json", '{"a":[1,"x"]}'],
		["JSON text as it is", { bodyType: "json", body: '{ "a": 1 }' }, "application/json", '{ "a": 1 }'],
		["text", { bodyType: "text", body: "plain" }, "text/plain;charset=UTF-8", "plain"],
		[
			"a form",
			{ bodyType: "form", body: { a: "1 2", b: [3, 4], c: null } },
			"application/x-www-form-urlencoded;charset=UTF-8",
			"a=1+2&b=3&b=4",
		],
		[
			"a type of its own",
			{ bodyType: "text", body: "a: 1", headers: { "Content-Type": "application/yaml" } },
			"application/yaml",
			"a: 1",
		],
	])("sends %s", async (_, config, type, body) => {
		const { request } = await run("/", { method: "POST", ...config });
		expect([request?.headers["content-type"], request?.body]).toEqual([type, body]);
	});

	test.each<[string, JsonObject, RegExp]>([
		["text that is no JSON", { method: "POST", bodyType: "json", body: "{a" }, /not valid JSON/],
		["a form without fields", { method: "POST", bodyType: "form", body: [1] }, /must be an object/],
		["a body for GET", { bodyType: "text", body: "x" }, /GET request carries no body/],
		["a header with a line break", { headers: { "X-A": "1\r\nX-B: 2" } }, /header X-A cannot be sent/],
	])("%s is refused for good", async (_, config, message) => {
		await expect(run("/", config)).rejects.toThrow(message);
		await expect(run("/", config)).rejects.toBeInstanceOf(FatalError);
	});

	test.each<[string, JsonObject, string, string]>([
		[
			"basic",
			{ authUser: "mära", authSecret: "s:3" },
			"authorization",
			`Basic ${Buffer.from("mära:s:3").toString("base64")}`,
		],
		["bearer", { authSecret: "t0ken" }, "authorization", "Bearer t0ken"],
		["header", { authSecret: "k", authHeader: "X-Api-Key" }, "x-api-key", "k"],
	])("authenticates by %s", async (auth, config, header, value) => {
		const { request } = await run("/", { auth, ...config });
		expect(request?.headers[header]).toBe(value);
	});

	test("sends the parts of a form with the files of the workspace", async () => {
		await writeFile(join(workspace.directory, "report.txt"), "numbers\n");
		const body = { note: "a b", tag: ["x", "y"] };
		const config = { method: "POST", bodyType: "multipart", body, files: { report: "report.txt" } };
		const { request } = await run("/", config, { workspace });
		const type = request?.headers["content-type"] ?? "";
		const form = await new Response(request?.body, { headers: { "content-type": type } }).formData();
		expect([form.get("note"), form.getAll("tag")]).toEqual(["a b", ["x", "y"]]);
		const file = form.get("report");
		expect(file instanceof File && [file.name, await file.text()]).toEqual(["report.txt", "numbers\n"]);
	});

	test("sends a file of the workspace as it is, and refuses one that is not there", async () => {
		await writeFile(join(workspace.directory, "report.txt"), "numbers\n");
		const { request } = await run("/", { method: "PUT", bodyType: "file", body: "report.txt" }, { workspace });
		expect([request?.headers["content-type"], request?.body]).toEqual(["application/octet-stream", "numbers\n"]);
		const missing = run("/", { method: "PUT", bodyType: "file", body: "none.txt" }, { workspace });
		await expect(missing).rejects.toThrow("The file none.txt could not be read from the workspace.");
	});

	test("repeats with the same idempotency key, and with another one in another iteration", async () => {
		const keyOf = async (options: Parameters<typeof createTestContext>[0]) => {
			const { request } = await run("/", { method: "POST", idempotencyHeader: "Idempotency-Key" }, options);
			return request?.headers["idempotency-key"];
		};
		const first = await keyOf({ attempt: 1, iteration: "0" });
		expect(await keyOf({ attempt: 2, iteration: "0" })).toBe(first);
		expect(await keyOf({ attempt: 1, iteration: "1" })).not.toBe(first);
	});
});

describe("a status that was not expected", () => {
	test.each([400, 401, 404, 409])("%i fails for good with what the server said", async (status) => {
		await expect(run(`/status/${status}`)).rejects.toBeInstanceOf(FatalError);
		await expect(run(`/status/${status}`)).rejects.toThrow(new RegExp(`answered ${status} .*: not today`));
	});

	test.each([429, 503])("%i waits as long as the server asks", async (status) => {
		await expect(run(`/status/${status}`)).rejects.toMatchObject({ name: "RetryableError", retryAfterSeconds: 7 });
	});

	test.each([408, 425, 500, 502])("%i may be tried again", async (status) => {
		await expect(run(`/status/${status}`)).rejects.toBeInstanceOf(RetryableError);
	});

	test("completes when the step is told not to fail, or to expect it", async () => {
		expect((await run("/status/404", { failOnStatus: false })).output).toMatchObject({ status: 404, ok: false });
		expect((await run("/status/404", { expectedStatus: [404] })).output.status).toBe(404);
		await expect(run("/json", { expectedStatus: [404] })).rejects.toThrow("answered 200 OK");
	});
});

describe("a network that fails", () => {
	test("an answer that breaks off may be tried again", async () => {
		await expect(run("/broken")).rejects.toBeInstanceOf(RetryableError);
	});

	test("an answer that does not end is given up, and may be tried again", async () => {
		await expect(run("/hang", { timeoutSeconds: 1 })).rejects.toThrow("no complete answer within 1 s");
		await expect(run("/hang", { timeoutSeconds: 1 })).rejects.toBeInstanceOf(RetryableError);
	});

	test("a cancelled step ends with the reason", async () => {
		const reason = new Error("cancelled by Mara");
		await expect(run("/hang", {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
	});

	test("a private address fails for good", async () => {
		await expect(run("", { url: "http://169.254.169.254/latest" })).rejects.toBeInstanceOf(FatalError);
	});
});

test.each([
	[{ url: "https://acme.dev/health" }, "GET /health"],
	[{ method: "POST", url: "https://api.acme.dev/charges?x=1" }, "POST /charges"],
	[{ method: "GET", url: "https://{{ item }}.acme.dev" }, "GET {{item}}.acme.dev"],
	[{ url: "{{ inputs.url }}" }, "GET {{inputs.url}}"],
	[{}, "no address yet"],
	[{ url: 7, method: null }, "no address yet"],
])("the node shows %j as %s", (config, summary) => {
	expect(httpRequestDefinition.summary(config)).toBe(summary);
});
