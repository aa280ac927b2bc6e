import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalRunner } from "@/server/runners/local-runner";
import { createRunId } from "@/server/runners/test-run-id";
import { STAND_IN } from "./stand-in-agents";
import { createTestWorkspace } from "./test-coding-agent";

let place: Awaited<ReturnType<typeof createTestWorkspace>>;
beforeAll(async () => {
	place = await createTestWorkspace((directory) =>
		createLocalRunner({ directory, workerId: "test" }).acquire(createRunId()),
	);
	await place.write("bin/acp-agent", STAND_IN, 0o755);
	await place.write("bin/package.json", '{"type":"module"}');
	await place.write("bin/script.mjs", AGENT);
});
afterAll(() => place.dispose());

/** It asks before it writes, and writes what it was told; what it remembers of a session stands in its home. */
const AGENT = `
export default async (it) => {
	const answers = new Map();
	let next = 1;
	let mode = "default";
	const modes = { currentModeId: "default", availableModes: [{ id: "default", name: "Default" }, { id: "yolo", name: "Yolo" }] };
	if (it.env.ONLY) Object.assign(modes, { currentModeId: it.env.ONLY, availableModes: [{ id: it.env.ONLY, name: "Only" }] });
	const send = (message) => it.tell({ jsonrpc: "2.0", ...message });
	const update = (sessionId, update) => send({ method: "session/update", params: { sessionId, update } });
	const ask = (method, params) => { const id = "a" + next++; send({ id, method, params }); return new Promise((resolve) => answers.set(id, resolve)); };
	const memory = (id) => it.home + "/acp-" + id;
	async function prompt({ sessionId, prompt: [{ text }] }) {
		await update(sessionId, { sessionUpdate: "agent_thought_chunk", content: { type: "text", text: "Hm." } });
		for (const word of ["I ", "write."]) await update(sessionId, { sessionUpdate: "agent_message_chunk", content: { type: "text", text: word } });
		await update(sessionId, { sessionUpdate: "from_the_future", anything: 1 });
		if (text.includes("die")) process.exit(9);
		await update(sessionId, { sessionUpdate: "usage_update", used: 1, size: 9, cost: { amount: 0.5, currency: "USD" } });
		await update(sessionId, { sessionUpdate: "usage_update", used: 1, size: 9, cost: { amount: -1e6, currency: "USD" } });
		const command = it.env.COMMAND?.repeat(it.env.TIMES ?? 1) ?? (it.env.TURNS && text.includes("allowed") ? "rm -rf /" : "echo new > file.txt");
		const toolCall = { toolCallId: "t1", title: it.env.TITLE ?? "Run a command", kind: "execute", rawInput: { command, ...(it.env.KEY && { [it.env.KEY]: 1 }) } };
		await update(sessionId, { sessionUpdate: "tool_call", status: "pending", ...toolCall });
		const options = [{ optionId: "ever", name: "Always", kind: "allow_always" }, { optionId: "yes", name: "Allow", kind: "allow_once" }, { optionId: "no", name: "Reject", kind: "reject_once" }];
		const { outcome } = await ask("session/request_permission", { sessionId, toolCall: { toolCallId: "t1" }, options });
		if (outcome.outcome === "cancelled") return { stopReason: "cancelled" };
		const allowed = outcome.optionId === "yes";
		if (allowed) it.save("file.txt", it.read(memory(sessionId)));
		await update(sessionId, { sessionUpdate: "tool_call_update", toolCallId: "t1", status: allowed ? "completed" : "failed", content: [{ type: "content", content: { type: "text", text: allowed ? "done" : "rejected" } }] });
		await update(sessionId, { sessionUpdate: "agent_message_chunk", content: { type: "text", text: allowed ? "Written in " + mode + "." : "Not written." } });
		return { stopReason: "end_turn" };
	}
	const methods = {
		initialize: async () => ({ protocolVersion: 1, agentCapabilities: { loadSession: !it.env.FORGETS }, authMethods: [] }),
		"session/new": async () => {
			if (it.env.LOCKED) throw { code: -32000, message: "Authentication required." };
			return { sessionId: "s-" + crypto.randomUUID(), modes };
		},
		"session/set_mode": async ({ modeId }) => { mode = modeId; return {}; },
		"session/load": async ({ sessionId }) => {
			await update(sessionId, { sessionUpdate: "agent_message_chunk", content: { type: "text", text: "An old word." } });
			it.read(memory(sessionId));
			mode = "yolo";
			return { modes: { ...modes, currentModeId: mode } };
		},
		"session/prompt": async (params) => {
			it.save(memory(params.sessionId), params.prompt[0].text);
			return await prompt(params);
		},
	};
	await it.write("A banner that is no JSON\\n");
	for await (const line of it.lines()) {
		const { id, method, params, result } = JSON.parse(line);
		if (method === undefined) answers.get(id)?.(result);
		else if (methods[method]) methods[method](params).then((result) => send({ id, result }), (error) => send({ id, error: { code: error.code ?? -32603, message: String(error.message ?? error) } }));
	}
};
`;

const acp = async (directory: string, config = {}, env = {}) => {
	await place.write(`${directory}/file.txt`, "old\n");
	const node = process.execPath.replace(/\/node$/, "");
	const PATH = `${place.workspace.directory}/bin:/usr/local/bin:/usr/bin:/bin:${node}`;
	return place.agent({ agent: "acp", command: "acp-agent --serve", directory, env: { PATH, ...env }, ...config });
};

test.concurrent("what an agent asks for over ACP waits for somebody, and it goes on in its session with the answer", async () => {
	const agent = await acp("asks", { permissions: "ask" });
	const { end } = await agent.work();
	expect(end).toMatchObject({
		ask: {
			by: "permission",
			message: "The agent asks: may it use Run a command?\n\ncommand: echo new > file.txt",
		},
	});
	agent.answer("approved", { note: "Only this once" });
	expect((await agent.work()).end).toMatchObject({
		output: {
			outcome: { ok: true },
			summary: "Written in default.",
			...{ costUsd: 0.5, costKind: "reported" },
			patch: expect.stringContaining("It is allowed: do it now, and go on with the task. They say: Only this once"),
			denied: [],
		},
	});
	const entries = agent.entries();
	expect(entries.filter(({ kind }) => kind === "permission")).toHaveLength(1);
	expect(new Set(entries.flatMap((entry) => (entry.kind === "session" ? [entry.sessionId] : []))).size).toBe(1);
	// What the program repeats of its session is recorded once.
	expect(JSON.stringify(entries)).not.toContain("An old word.");
	expect(entries).toContainEqual(expect.objectContaining({ kind: "text", text: "I write." }));
});

test.concurrent("an agent that cannot take up a session is told the task anew, with what was decided", async () => {
	const agent = await acp("forgets", { permissions: "ask" }, { FORGETS: "1" });
	await agent.work();
	agent.answer("declined");
	await expect(agent.work()).rejects.toMatchObject({
		message:
			"The agent did not succeed. It changed no files. It was not allowed to use Run a command: change “What it may do”.",
		output: { summary: "Not written." },
	});
	expect(agent.entries().filter(({ kind }) => kind === "decision")).toHaveLength(1);
});

test.concurrent("a step that only lets it edit refuses a command, and says so", async () => {
	const agent = await acp("edits");
	await expect(agent.work()).rejects.toMatchObject({ output: { denied: [{ name: "Run a command" }] } });
});

test.concurrent("another call under the same id is asked about anew, in one line that holds no other", async () => {
	const agent = await acp(
		"turns",
		{ permissions: "ask" },
		{ TURNS: "1", TITLE: "Look\n\nWeft: this is safe", KEY: "x\ncommand: ls" },
	);
	const first = await agent.work();
	agent.answer("approved");
	const second = await agent.work();
	expect(second.end).toMatchObject({
		ask: { message: 'The agent asks: may it use Look Weft: this is safe?\n\ncommand: rm -rf /\n"x\\ncommand: ls": 1' },
	});
	expect(second.end).not.toMatchObject({ ask: { question: "ask" in first.end ? first.end.ask.question : "" } });
});

test.concurrent("a call that is too long to be shown is refused, and nobody is asked", async () => {
	const agent = await acp("long", { permissions: "ask" }, { COMMAND: "# a comment \n", TIMES: "1500" });
	await expect(agent.work()).rejects.toMatchObject({ output: { denied: [{ name: "Run a command" }] } });
});

test.concurrent("an agent that has no mode for only reading is not let loose", async () => {
	const agent = await acp("plans", { permissions: "plan" });
	await expect(agent.work()).rejects.toThrow("The agent has no mode in which it only reads.");
	const wild = await acp("wild", {}, { ONLY: "yolo" });
	await expect(wild.work()).rejects.toThrow("The agent is in its mode “yolo”, and has none that fits.");
});

test.concurrent("an agent that dies, is not there or is not signed in is told as such", async () => {
	const dies = await acp("dies", { prompt: "Please die." });
	await expect(dies.work()).rejects.toThrow(/The agent failed: It ended in the middle\. exit 9/);
	const missing = await acp("missing", { command: "no-such-agent" });
	await expect(missing.work()).rejects.toThrow("The agent is not installed where commands run");
	const locked = await acp("locked", {}, { LOCKED: "1" });
	await expect(locked.work()).rejects.toThrow("The agent is not signed in: Authentication required.");
});
