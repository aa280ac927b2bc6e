import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { createLocalRunner } from "@/server/runners/local-runner";
import { createRunId } from "@/server/runners/test-run-id";
import { STAND_IN } from "./stand-in-agents";
import { createTestWorkspace } from "./test-coding-agent";

let place: Awaited<ReturnType<typeof createTestWorkspace>>;
beforeAll(async () => {
	place = await createTestWorkspace((directory) =>
		createLocalRunner({ directory, workerId: "test" }).acquire(createRunId()),
	);
});
afterAll(() => place.dispose());

let count = 0;

/** A step whose agent is a stand-in that follows a script, in a directory of its own. */
async function standIn(program: string, script: string, config: JsonObject = {}) {
	count += 1;
	const bin = `bin-${count}`;
	const directory = `work-${count}`;
	await place.write(`${bin}/${program}`, STAND_IN, 0o755);
	await place.write(`${bin}/script.mjs`, script);
	await place.write(`${bin}/package.json`, '{"type":"module"}');
	await place.write(`${directory}/file.txt`, "old\n");
	const PATH = `${place.workspace.directory}/${bin}:/usr/local/bin:/usr/bin:/bin:${process.execPath.replace(/\/node$/, "")}`;
	const { env = {}, ...rest } = config;
	return place.agent({ directory, env: { PATH, ...Object(env) }, ...rest });
}

const CLAUDE = `
const usage = { input_tokens: 100, cache_read_input_tokens: 1000, cache_creation_input_tokens: 10, output_tokens: 50 };
export const init = (id) => ({ type: "system", subtype: "init", session_id: id, model: "claude-sonnet-5-5" });
export const said = (id, ...content) => ({ type: "assistant", message: { id, model: "claude-sonnet-5-5", content, usage }, parent_tool_use_id: null });
export const result = (more) => ({ type: "result", subtype: "success", is_error: false, result: "Done.", total_cost_usd: 0.25, usage, permission_denials: [], ...more });
export const keep = (it, id) => it.save(it.home + "/.claude/projects/x/" + id + ".jsonl", "{}\\n");
`;
const claude = (body: string, config: JsonObject = {}) =>
	standIn("claude", `${CLAUDE}\nexport default async (it) => { ${body} };`, {
		agent: "claude-code",
		...config,
		env: { ANTHROPIC_API_KEY: "sk-ant-test", ...Object(config.env) },
	});

test.concurrent("Claude Code’s stream becomes a transcript, also in parts of lines, with huge lines and unknown events", async () => {
	const agent = await claude(
		`const id = it.option("--session-id");
		it.save("../said", it.option("--append-system-prompt"));
		const task = it.input();
		await it.tell(init(id));
		const line = JSON.stringify(said("m1", { type: "thinking", thinking: "Hm." }, { type: "text", text: "I look: " + task }, { type: "tool_use", id: "t1", name: "Edit", input: { file: "file.txt" } })) + "\\n";
		await it.write(line.slice(0, 40)); await it.wait(20); await it.write(line.slice(40));
		await it.write(JSON.stringify({ type: "assistant", message: "x".repeat(5_000_000) }) + "\\n");
		await it.tell({ type: "brand_new", anything: [1] });
		await it.write("not json at all\\n");
		it.save("file.txt", "new\\n");
		await it.tell({ type: "user", message: { content: [{ type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "ok" }] }] } });
		await it.tell(said("m2", { type: "text", text: "Done." }));
		keep(it, id);
		await it.tell(result({ permission_denials: [{ tool_name: "Bash", tool_use_id: "t9", tool_input: { command: "rm -rf /" } }] }));`,
		{ maxTurns: 7, maxCostUsd: 3, role: "Be brief.", skills: ["skills"], model: "sonnet", session: "fix" },
	);
	await place.write("skills/small.md", "Change little.\n");
	const { end } = await agent.work();
	expect(await place.read("said")).toBe("Be brief.\n\nChange little.\n\n");
	expect(end).toMatchObject({
		output: {
			outcome: { ok: true, reason: "1 file changed." },
			summary: "Done.",
			files: [{ path: "file.txt", status: "modified", added: 1, removed: 1 }],
			usage: { input: 100, cacheRead: 1000, cacheWrite: 10, output: 50, reasoning: 0 },
			...{ costUsd: 0.25, costKind: "reported", turns: 2, agent: "claude-code", model: "claude-sonnet-5-5" },
			denied: [{ name: "Bash", input: '{"command":"rm -rf /"}' }],
			sessionFile: { kind: "session" },
		},
	});
	const shown = agent.entries().flatMap((entry) => ("text" in entry ? [`${entry.kind}: ${entry.text}`] : [entry.kind]));
	expect(shown).toEqual([
		"started",
		"prompt: Mend it.",
		"notice: Claude Code 9.9.9 (claude)",
		"session",
		"thinking: Hm.",
		"text: I look: Mend it.",
		"call",
		"notice: A line of more than 4 MB was left out.",
		"notice: An event of an unknown kind: brand_new",
		"notice: not json at all",
		"result: ok",
		"text: Done.",
		"permission",
		"decision",
		"usage",
		"ended: Done.",
		"outcome",
	]);
	const session = "output" in end ? end.output.sessionId : "";
	// A later step of the run goes on in the session of this name, and pays for its own part of the sum alone.
	const later = await standIn(
		"claude",
		`${CLAUDE}\nexport default async (it) => { it.note(it.option("--resume")); it.save("more.txt", "1"); await it.tell(init(it.option("--resume"))); await it.tell(result({ total_cost_usd: 0.35 })); };`,
		{
			...{ agent: "claude-code", session: "fix", env: { ANTHROPIC_API_KEY: "k" }, directory: "work-1" },
		},
	);
	expect((await later.work()).end).toMatchObject({ output: { sessionId: session, costUsd: expect.closeTo(0.1) } });
	const elsewhere = await claude("", { session: "fix" });
	await expect(elsewhere.work()).rejects.toThrow("was begun in the directory “work-1”");
});

test.concurrent("what is missing is said, with the command that installs it, before anything is paid for", async () => {
	const bare = place.agent({ agent: "codex", env: { PATH: "/usr/bin:/bin" } });
	await expect(bare.work()).rejects.toThrow(
		"Codex is not installed where commands run. Install it there: npm install -g @openai/codex",
	);
	const unskilled = place.agent({ skills: ["skills/none"] });
	await expect(unskilled.work()).rejects.toThrow("The skill “skills/none” is not in the workspace.");
	const nosy = place.agent({ skills: ["/etc"] });
	await expect(nosy.work()).rejects.toThrow("The skill “/etc” leads out of the workspace.");
	const signedOut = await standIn("gemini", "export default async () => {};", { agent: "gemini" });
	await expect(signedOut.work()).rejects.toThrow("Gemini CLI is not signed in. Add GEMINI_API_KEY");
});

test.concurrent("a program that dies in the middle leaves its changes, and is taken up in its session by the next attempt", async () => {
	const agent = await claude(
		`const id = it.has("--resume") ? it.option("--resume") : it.option("--session-id");
		await it.tell(init(id)); keep(it, id);
		it.save("file.txt", "half\\n");
		await it.tell(said("m1", { type: "text", text: it.input() }));
		if (!it.has("--resume")) { console.error("out of memory"); await it.exit(137); }
		await it.tell(result());`,
	);
	await expect(agent.work()).rejects.toMatchObject({
		message: expect.stringMatching(/Claude Code ended in the middle\. exit 137 .*out of memory/),
		output: { fileCount: 1, costKind: "computed", outcome: { ok: false } },
	});
	expect((await agent.work()).end).toMatchObject({ output: { outcome: { ok: true }, turns: 2 } });
	expect(agent.entries()).toContainEqual(
		expect.objectContaining({ kind: "prompt", text: expect.stringContaining("ended in the middle") }),
	);
});

test.concurrent("a rate limit is one, and says how long to wait", async () => {
	const soon = Math.floor(Date.now() / 1_000) + 600;
	const agent = await claude(
		`await it.tell(init(it.option("--session-id"))); await it.tell(result({ is_error: true, result: "Claude AI usage limit reached|${soon}" }));`,
	);
	const error = await agent.work().catch((one: unknown) => one);
	expect(error).toMatchObject({ name: "ProgramError", message: expect.stringContaining("has reached a rate limit") });
	expect(error).toMatchObject({ retryAfterSeconds: expect.toSatisfy((wait: number) => wait > 550 && wait <= 601) });
});

test.concurrent("what Claude Code asks for waits for somebody, and the call that was allowed is not asked about again", async () => {
	const agent = await claude(
		`const resumed = it.has("--resume");
		const id = it.option(resumed ? "--resume" : "--session-id");
		await it.tell(init(id)); keep(it, id);
		let seen = 0;
		for await (const line of it.lines()) {
			const message = JSON.parse(line);
			if (message.type === "user") {
				await it.tell({ type: "stream_event", event: { type: "content_block_delta", delta: { type: "text_delta", text: "I wo" } } });
				await it.tell({ type: "control_request", request_id: "r" + ++seen, request: { subtype: "can_use_tool", tool_name: "Bash", input: { command: "make" }, tool_use_id: "t" + seen } });
			}
			if (message.type !== "control_response") continue;
			const { behavior } = message.response.response;
			if (behavior === "allow") it.save("file.txt", "made");
			await it.tell(result({ result: behavior, is_error: behavior !== "allow" }));
		}`,
		{ permissions: "ask" },
	);
	const { end, context } = await agent.work();
	expect(end).toMatchObject({ ask: { message: "Claude Code asks: may it use Bash?\n\ncommand: make" } });
	expect(context.effects.tokens).toEqual(["I wo"]);
	agent.answer("approved");
	expect((await agent.work()).end).toMatchObject({ output: { summary: "allow", fileCount: 1, denied: [] } });
});

test.concurrent("tests have neither the agent’s key nor what it has left in its home directory, but the rest of its environment", async () => {
	const agent = await claude(
		'it.save(it.home + "/.npmrc", "script-shell=/bin/true"); await it.tell(init("x")); await it.tell(result());',
		{ success: ["tests"], testCommand: "echo $ANTHROPIC_API_KEY $STAGE; ls -A ~", env: { STAGE: "test" } },
	);
	expect((await agent.work()).end).toMatchObject({ output: { tests: { exitCode: 0, output: "test\n" } } });
});

test.concurrent("what is hidden from git is seen, and what git refuses to hold stops nothing", async () => {
	const sh = (script: string) =>
		`await (await import("node:util")).promisify((await import("node:child_process")).exec)(${JSON.stringify(script)}, { shell: "/bin/bash" });`;
	// Each of the files at the end would stop git, or lets it see something else than there is.
	const setUp = `mkdir -p deep/2/3/4/5/6/7 sub/.GIT dist && git init -q && git init -q deep/2/3/4/5/6/7
		echo old >dist/app.js; printf 'dist\\n*.log\\n' >.gitignore; git add -f dist; git -c user.name=Ada -c user.email=ada@example.com commit -qm One
		touch git~1 sub/.GIT/x; echo '*.txt working-tree-encoding=UTF-16' >.gitattributes; ln -s file.txt .gitmodules
		printf '[submodule "../x"]\\n\\tpath = x\\n\\turl = -oops\\n' >deep/.gitmodules`;
	const hide = `mkdir -p ~/.config/git new/er && echo 'file.txt' >~/.config/git/ignore; echo '*' >new/.gitignore; echo x >new/er/x
		echo bad >dist/app.js; git rm -q --cached dist/app.js; echo x >ignored.log; printf x >"$(printf 'a\\001b')"; echo x >deep/2/3/4/5/6/7/x; echo new >file.txt`;
	const before = await claude(`${sh(setUp)} await it.tell(init("x")); await it.tell(result());`, { directory: "sly" });
	await place.write("sly/file.txt", "old\n");
	await before.work();
	const sly = await claude(`${sh(hide)} await it.tell(init("x")); await it.tell(result());`, { directory: "sly" });
	const { end } = await sly.work();
	expect(end).toMatchObject({
		output: { outcome: { reason: expect.stringContaining("beside new/.gitignore is hidden") } },
	});
	const paths = "output" in end ? end.output.files.map(({ path, status }) => `${status} ${path}`) : [];
	expect(paths).toEqual([
		"added a\u0001b",
		"added deep/2/3/4/5/6/7/x",
		"modified dist/app.js",
		"modified file.txt",
		"added new/.gitignore",
	]);
	const gone = await claude(
		'await it.tell(init("x")); await it.tell(result()); (await import("node:fs")).rmSync(process.cwd(), { recursive: true });',
		{ directory: "sly" },
	);
	await expect(gone.work()).rejects.toMatchObject({
		output: {
			costUsd: 0.25,
			outcome: { ok: false, reason: expect.stringContaining("What it has changed is not known") },
		},
	});
});

test.concurrent("the settings that a repository has for an agent are not obeyed, unless the step says so", async () => {
	const play =
		'it.save("file.txt", "new"); await it.tell(init("x")); await it.tell(result({ result: it.args.join(" ") }));';
	const flags = "--setting-sources user --strict-mcp-config";
	const summary = async (config: JsonObject) => {
		const { end } = await (await claude(play, config)).work();
		return "output" in end ? end.output.summary : "";
	};
	expect(await summary({})).toContain(flags);
	expect(await summary({ obeysRepository: true })).not.toContain(flags);
	await place.write("tidy/.env", "GOOGLE_GEMINI_BASE_URL=https://example.com");
	await place.write("tidy/inner/.claude/settings.json", "{}");
	const start = async (agent: string, env: JsonObject, more: JsonObject = {}) =>
		(await standIn(agent, "export default async () => {};", { agent, env, directory: "tidy/inner", ...more })).work();
	await expect(start("gemini", { GEMINI_API_KEY: "k" })).rejects.toThrow("Gemini CLI would obey tidy/.env, which");
	await expect(start("grok", { XAI_API_KEY: "k" })).rejects.toThrow("obey tidy/inner/.claude/settings.json, which");
	await expect(start("grok", { XAI_API_KEY: "k" }, { obeysRepository: true })).rejects.toThrow("ended in the middle");
});

test.concurrent("silence, too many turns and too much time end a program, and the reason is said", async () => {
	const hangs = await claude("await it.tell(init('x')); await it.wait(60_000);", { silenceSeconds: 1 });
	await expect(hangs.work()).rejects.toThrow(
		"Claude Code printed nothing for 1 s, so it was taken to hang and was stopped.",
	);
	const endless = await standIn(
		"gemini",
		`export default async (it) => { for (let n = 0; ; n++) { await it.tell({ type: "tool_use", tool_id: "t" + n, tool_name: "ls", parameters: {} }); await it.tell({ type: "tool_result", tool_id: "t" + n, status: "success", output: "" }); await it.wait(5); } };`,
		{ agent: "gemini", maxTurns: 3, env: { GEMINI_API_KEY: "k" } },
	);
	await expect(endless.work()).rejects.toThrow("It reached its limit of 3 turns. Raise “Turns at most”");
	const slow = await claude("await it.wait(60_000);", { maxMinutes: 0.02 });
	await expect(slow.work()).rejects.toThrow("It reached its limit of 0.02 minutes. Raise “Minutes at most”");
	const dear = await claude("for (let n = 0; ; n++) { await it.tell(said('m' + n)); await it.wait(5); }", {
		maxCostUsd: 0.001,
	});
	await expect(dear.work()).rejects.toMatchObject({
		message: expect.stringContaining("It was stopped, as it cost more than the $0.001 left."),
		output: { costKind: "computed", costUsd: expect.toSatisfy((cost: number) => cost > 0.001) },
	});
});

test.concurrent("an agent that tells without end is stopped or cut short, and the worker lives on", async () => {
	const asking = await claude(
		"const denied = (n) => ({ tool_name: 'Bash', tool_input: { command: n + ' '.repeat(1_000) } }); for (let part = 0; part < 3; part++) await it.tell(result({ permission_denials: Array.from({ length: 3_000 }, (_, n) => denied(n + 3_000 * part)) })); await it.wait(60_000);",
	);
	await expect(asking.work()).rejects.toThrow("could not be read: It asks and tells without end.");
	const talking = await claude(
		"const text = '\u65e5'.repeat(40_000); for (let n = 0; n < 90; n++) await it.tell(said('m' + n, { type: 'text', text })); await it.tell(result());",
		{ success: [] },
	);
	const { context } = await talking.work();
	const transcript = context.effects.artifacts.get("sessions/transcript.jsonl") ?? "";
	// What is longer is kept without being searched for secrets.
	expect(Buffer.byteLength(transcript)).toBeLessThan(10_000_000);
	expect(transcript).toContain('"kind":"usage"');
});

test.concurrent("Codex tells tokens and no cost, which the list prices; its exit code is no success", async () => {
	const agent = await standIn(
		"codex",
		`export default async (it) => {
			it.note(JSON.stringify(it.args));
			await it.tell({ type: "thread.started", thread_id: "0199-thread" });
			await it.tell({ type: "turn.started" });
			await it.tell({ type: "item.started", item: { id: "i1", type: "command_execution", command: "ls", status: "in_progress" } });
			await it.tell({ type: "item.completed", item: { id: "i1", type: "command_execution", command: "ls", aggregated_output: "file.txt", exit_code: 0, status: "completed" } });
			await it.tell({ type: "item.completed", item: { id: "i2", type: "agent_message", text: '{"answer": 4}' } });
			await it.tell({ type: "turn.completed", usage: { input_tokens: 1000, cached_input_tokens: 400, output_tokens: 100, reasoning_output_tokens: 30 } });
		};`,
		{
			...{ agent: "codex", model: "gpt-5", success: ["schema"], env: { OPENAI_API_KEY: "k" } },
			jsonSchema: { type: "object", properties: { answer: { type: "integer", maximum: 5 } }, required: ["answer"] },
		},
	);
	const { end } = await agent.work();
	expect(end).toMatchObject({
		output: {
			result: { answer: 4 },
			sessionId: "0199-thread",
			usage: { input: 600, cacheRead: 400, output: 70, reasoning: 30 },
			costKind: "computed",
			costUsd: expect.closeTo(600e-6 * 1.25 + 400e-6 * 0.125 + 100e-6 * 10),
		},
	});
	const lazy = await standIn(
		"codex",
		'export default async (it) => { await it.tell({ type: "turn.completed", usage: {} }); };',
		{ agent: "codex", env: { CODEX_API_KEY: "k" } },
	);
	await expect(lazy.work()).rejects.toThrow("Codex did not succeed. It changed no files.");
});

test.concurrent.each([
	[42, "Gemini CLI did not take its input. exit 42: no such model"],
	[53, "It reached the limit of turns in Gemini CLI’s own settings. Raise “maxSessionTurns” there"],
])("Gemini’s exit code %i is explained", async (code, message) => {
	const script = `export default async (it) => { console.error("no such model"); await it.exit(${code}); };`;
	const agent = await standIn("gemini", script, { agent: "gemini", env: { GEMINI_API_KEY: "k" } });
	await expect(agent.work()).rejects.toThrow(message);
});

test.concurrent("Gemini’s and Grok’s words, which come in pieces, are one text each", async () => {
	const gemini = await standIn(
		"gemini",
		`export default async (it) => {
			await it.tell({ type: "init", session_id: "g-1", model: "gemini-2.5-pro" });
			await it.tell({ type: "message", role: "user", content: it.input() });
			for (const word of ["I ", "am ", "done."]) await it.tell({ type: "message", role: "assistant", content: word, delta: true });
			it.save("file.txt", "new");
			await it.tell({ type: "result", status: "success", stats: { models: { "gemini-2.5-pro": { input_tokens: 100, output_tokens: 10, cached: 40, total_tokens: 115 } } } });
		};`,
		{ agent: "gemini", env: { GEMINI_API_KEY: "k" } },
	);
	expect((await gemini.work()).end).toMatchObject({
		output: {
			summary: "I am done.",
			usage: { input: 60, cacheRead: 40, output: 10, reasoning: 5 },
			costKind: "computed",
		},
	});
	const grok = await standIn(
		"grok",
		`export default async (it) => {
			for (const data of ["Hm", "."]) await it.tell({ type: "thought", data });
			await it.tell({ type: "tool_call", toolCallId: "c1", toolName: "write_file", rawInput: { path: "file.txt" } });
			it.save("file.txt", it.read(it.option("--prompt-file")));
			await it.tell({ type: "tool_call_update", toolCallId: "c1", status: "completed", content: [{ type: "content", content: { type: "text", text: "written" } }] });
			await it.tell({ type: "text", data: "Fi" }); await it.tell({ type: "text", data: "ne" });
			await it.tell({ type: "end", stopReason: "EndTurn", sessionId: it.option("--session-id"), total_cost_usd: 0.02, usage: { input_tokens: 5, output_tokens: 6 } });
		};`,
		{ agent: "grok", env: { XAI_API_KEY: "k" } },
	);
	expect((await grok.work()).end).toMatchObject({
		output: {
			summary: "Fine",
			patch: expect.stringContaining("+Mend it."),
			costUsd: 0.02,
			costKind: "reported",
			turns: 2,
		},
	});
	expect(grok.entries().filter(({ kind }) => kind === "thinking")).toHaveLength(1);
});

test.concurrent("cancelling ends the program, and whoever goes on does so in its session", async () => {
	const agent = await claude(
		"if (it.has('--resume')) { it.save('file.txt', it.input()); await it.tell(result()); return; } keep(it, it.option('--session-id')); await it.tell(said('m1')); await it.tell(init(it.option('--session-id'))); it.note('up'); process.on('SIGTERM', () => {}); await it.wait(60_000);",
	);
	const controller = new AbortController();
	const working = agent.work(controller.signal);
	await expect.poll(() => agent.entries().some(({ kind }) => kind === "session"), { timeout: 20_000 }).toBe(true);
	controller.abort(new Error("Cancelled."));
	await expect(working).rejects.toThrow("Cancelled.");
	// It has cost what it has used.
	expect(agent.entries()).toContainEqual(expect.objectContaining({ kind: "usage", costKind: "computed" }));
	// As after the death of its worker: what was recorded leads on.
	const told = "You were interrupted. See what is done already, and go on with the task.";
	expect((await agent.work()).end).toMatchObject({ output: { patch: expect.stringContaining(told) } });
});
