import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer } from "@/server/http/test-server";
import { createLocalRunner } from "@/server/runners/local-runner";
import type { Workspace } from "@/server/runners/runner";
import { createTestContext } from "../../test-context";
import { agentDefinition } from "../definition";
import { calling, createTestAgent } from "../test-agent";
import { openServers } from "./open-servers";

/** A server of the revision of 2025, as it answers each request; it reads notes, and removes them. */
const ANSWER = `function answer({ id, method, params }) {
	const ok = (result) => ({ jsonrpc: "2.0", id, result });
	const tool = (name, readOnlyHint) => ({ name, description: name, inputSchema: { type: "object", properties: { at: { type: "string" } } }, annotations: { readOnlyHint } });
	if (method === "initialize") return ok({ protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "notes", version: "1" } });
	if (method === "tools/list") return ok({ tools: [tool("read", true), tool("remove", false), tool("hidden", true)] });
	if (method === "tools/call") return ok({ content: [{ type: "text", text: params.name + " " + JSON.stringify(params.arguments) }], isError: params.name === "remove" });
	return { jsonrpc: "2.0", id, error: { code: -32601, message: "Method not found" } };
}`;
const answer: (request: unknown) => unknown = new Function(`${ANSWER}; return answer;`)();
const PROGRAM = `${ANSWER}
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
	const request = JSON.parse(line);
	// Beside its answer, and in one piece with it: a line of a log.
	if (request.id !== undefined) console.log('{"level":"info"}\\n' + JSON.stringify(answer(request)));
});`;

const server = await startTestServer((request, response) => {
	const sent = server.requests.at(-1)?.body;
	const body = sent ? JSON.parse(sent) : {};
	if (request.method !== "POST" || body.id === undefined)
		return response.writeHead(request.method === "POST" ? 202 : 405).end();
	const text = JSON.stringify(answer(body));
	const told =
		request.url === "/alike" ? text.replaceAll('"hidden"', '"re.move"').replaceAll('"remove"', '"re_move"') : text;
	response.writeHead(200, { "content-type": "application/json" }).end(told);
});
let directory: string;
let workspace: Workspace;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-mcp-"));
	workspace = await createLocalRunner({ directory, workerId: "w" }).acquire("run");
});
afterAll(async () => {
	await server.close();
	await rm(directory, { recursive: true, force: true });
});

function open(mcpServers: object) {
	const config = agentDefinition.config.parse({ prompt: "p", network: "on", mcpServers });
	return openServers({
		config,
		context: createTestContext({ workspace, fetch: (url, init) => fetch(url, init as RequestInit) }),
	});
}

test("tools of a server by HTTP and of a program are called by their names, and what is left out is not there", async () => {
	const { tools, problems, close } = await open({
		web: { url: server.origin, headers: { authorization: "Bearer key" }, exclude: ["hidden"], trustsReadOnly: true },
		local: { command: process.execPath, args: ["-e", PROGRAM], include: ["read"] },
	});
	expect([problems, [...tools.keys()]]).toEqual([[], ["mcp_web_read", "mcp_web_remove", "mcp_local_read"]]);
	expect(server.requests.every(({ headers }) => headers.authorization === "Bearer key")).toBe(true);
	const context = { config: agentDefinition.config.parse({ prompt: "p" }), context: createTestContext() };
	const bound = [...tools.values()].map((tool) => tool.bind({ at: "1" }, context));
	expect(bound.map((call) => "isDangerous" in call && call.isDangerous)).toEqual([false, true, true]);
	const results = await Promise.allSettled(
		bound.map(async (call) => ("run" in call ? await call.run() : call.problem)),
	);
	expect(results.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
		'read {"at":"1"}',
		expect.stringContaining('remove {"at":"1"}'),
		'read {"at":"1"}',
	]);
	await close();
});

test("a server that cannot be reached, or lacks a tool, is said before the first turn is paid for", async () => {
	const mcpServers = {
		gone: { command: "no-such-program" },
		ends: { command: "bash", args: ["-c", "echo no key >&2; exit 3"] },
		lacks: { url: server.origin, include: ["nothing"] },
		alike: { url: `${server.origin}/alike` },
		bare: { url: "docs.example.com/mcp" },
	};
	const { problems } = await open(mcpServers);
	expect(problems).toEqual([
		expect.stringContaining("no-such-program is not installed"),
		expect.stringContaining("no key"),
		expect.stringContaining("lacks has no tool nothing"),
		expect.stringMatching("tools re_move and re.move of .* alike"),
		expect.stringContaining("bare has no address. Begin its “url” with https://"),
	]);
	const agent = createTestAgent({ config: { mcpServers: { lacks: mcpServers.lacks } }, script: calling() });
	await expect(agent.work()).rejects.toThrow("could not be reached");
	expect(agent.asked).toEqual([]);
});
