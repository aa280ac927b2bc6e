import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createScriptedModel } from "@/server/llm/scripted-model";
import { createLocalRunner } from "@/server/runners/local-runner";
import type { Workspace } from "@/server/runners/runner";
import { asJson, type Json, type JsonObject } from "../../plan/values/json";
import type { CodingResult } from "../../runs/coding-result";
import type { ExecuteContext } from "../execute-context";
import { createTestContext } from "../test-context";
import type { WaitAnswer } from "../wait";
import { sideBySideDefinition } from "./definition";
import { executeSideBySide } from "./execute";

let root: string;
let runner: ReturnType<typeof createLocalRunner>;
let workspace: Workspace;
let count = 0;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-side-"));
	runner = createLocalRunner({ directory: join(root, "runs"), workerId: "test" });
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
	workspace = await runner.acquire(`run-${count++}`);
	await run("mkdir repo && git -C repo init -q && printf 'one\\ntwo\\nthree\\n' > repo/a.txt");
});

/** What a command prints in the workspace. */
async function run(command: string): Promise<string> {
	let printed = "";
	const onOutput = (_: string, text: string) => {
		printed += text;
	};
	await workspace.exec(["sh", "-c", command], { env: {}, signal: AbortSignal.timeout(30_000), onOutput });
	return printed;
}

const change = (to: string) =>
	[
		"diff --git a/a.txt b/a.txt",
		"--- a/a.txt",
		"+++ b/a.txt",
		"@@ -1,3 +1,3 @@",
		" one",
		"-two",
		`+${to}`,
		" three",
		"",
	].join("\n");

function attempt(patch: string | null, changed: Partial<CodingResult> = {}): Json {
	const result: CodingResult = {
		outcome: { ok: true, rule: "Files have changed", reason: "1 file has." },
		...{ summary: "Mended it.", files: [{ path: "a.txt", status: "modified", added: 1, removed: 1 }] },
		...{ fileCount: patch === null ? 0 : 1, added: 1, removed: 1, diff: null, patch },
		usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 },
		...{
			costUsd: 0.1,
			costKind: "computed",
			sessionId: "s",
			turns: 2,
			durationMs: 1_000,
			agent: "demo",
			model: "demo",
		},
		...{ denied: [], transcript: null, demo: true, ...changed },
	};
	return asJson(result);
}
const failing = { tests: { command: "test", exitCode: 1, output: "red" } };

interface Far {
	script?: Parameters<typeof createScriptedModel>[0];
	files?: Record<string, { name: string; content: Uint8Array }>;
}

function createStep(config: JsonObject, { script, files = {} }: Far = {}) {
	const entries: Json[] = [];
	let answer: WaitAnswer | null = null;
	const model = createScriptedModel(script ?? (() => ({ text: "" })));
	const transcript: ExecuteContext["transcript"] = {
		isPaused: () => false,
		read: async () => ({ entries: [...entries], answer }),
		async append(entry, told = {}) {
			entries.push(JSON.parse(JSON.stringify(entry)));
			if (told.takesAnswer) answer = null;
		},
	};
	const context = createTestContext({ workspace, transcript, llm: model.provider, files });
	return {
		asked: model.asked,
		work: () => executeSideBySide(sideBySideDefinition.config.parse({ directory: "repo", ...config }), context),
		answer(decision: "approved" | "declined", attempt: string | undefined, question: string | undefined) {
			const actor = { kind: "user" as const, id: "ada", name: "Ada" };
			const values: JsonObject = attempt === undefined ? {} : { attempt };
			answer = {
				for: "approval",
				at: "2026-01-01T00:00:00.000Z",
				decision,
				actor,
				values,
				...(question && { question }),
			};
		},
	};
}

async function ask(step: ReturnType<typeof createStep>) {
	const end = await step.work();
	if (!("ask" in end)) throw new Error("Nobody was asked.");
	return end.ask;
}

async function finish(step: ReturnType<typeof createStep>) {
	const end = await step.work();
	if (!("output" in end)) throw new Error(end.ask.message);
	return end.output;
}

test("whoever is asked sees what each came to, and what they take is merged, once", async () => {
	const step = createStep({
		attempts: { Careful: attempt(change("2")), Quick: attempt(null), Bold: attempt(change("II"), failing) },
	});
	const asked = await ask(step);
	expect(asked).toMatchObject({
		by: "choice",
		fields: [
			{ name: "attempt", options: ["Careful", "Bold"], notes: { Bold: "1 file, +1 −1 · tests failed · $0.10 · 1 s" } },
		],
	});
	step.answer("approved", "Bold", asked.question);
	expect(await finish(step)).toMatchObject({ taken: "Bold", by: "Ada", files: ["a.txt"] });
	// The worker died before that was recorded.
	expect(await finish(step)).toMatchObject({ taken: "Bold", by: "Ada" });
	expect(await run("cat repo/a.txt")).toBe("one\nII\nthree\n");
});

test("changes that do not fit change nothing, and it is asked again", async () => {
	await run("sed -i s/two/else/ repo/a.txt");
	const fitting = change("2").replace("-two", "-else");
	const step = createStep({ attempts: { Careful: attempt(change("2")), Quick: attempt(fitting) } });
	step.answer("approved", "Careful", (await ask(step)).question);
	const again = await ask(step);
	expect(again.message).toMatch(
		/^The changes of “Careful” do not fit on what is in “repo” by now: a\.txt\. Nothing was changed/,
	);
	expect(await run("cat repo/a.txt")).toBe("one\nelse\nthree\n");
	step.answer("approved", "Quick", again.question);
	expect(await finish(step)).toMatchObject({ taken: "Quick" });
	await expect(createStep({ takenBy: "rule", attempts: { One: attempt(change("3")) } }).work()).rejects.toThrow(
		"do not fit",
	);
});

test("changes that are kept as a file are merged byte for byte, and not without the secrets that were hidden in it", async () => {
	const diff = { id: "diff", name: "changes.diff", type: "text/x-diff", size: 100, kind: "other" } as const;
	const attempts = { One: attempt(null, { diff, fileCount: 1 }) };
	const step = (content: Buffer) =>
		createStep({ takenBy: "rule", attempts }, { files: { diff: { name: diff.name, content } } });
	await expect(step(Buffer.from(change("key=•••"))).work()).rejects.toThrow("stands for a secret of the run");
	expect(await finish(step(Buffer.from(change("caf\u00e9"), "latin1")))).toMatchObject({ taken: "One" });
	expect(await run("od -An -c repo/a.txt")).toContain("c   a   f 351");
});

test("a rule takes the smallest change whose tests pass, and none where none do", async () => {
	const attempts = {
		Red: attempt(change("1"), { added: 0, ...failing }),
		Long: attempt(change("2"), { added: 9 }),
		Short: attempt(change("3"), { added: 2 }),
		Broken: { error: { message: "It hung." } },
	};
	const output = await finish(createStep({ takenBy: "rule", attempts }));
	expect(output).toMatchObject({
		taken: "Short",
		by: "rule",
		reason: "Its tests and its own rule hold, and it is the smallest change, +2 −1.",
	});
	expect(output.attempts.at(-1)).toMatchObject({ name: "Broken", ok: false, reason: "It hung." });
	const none = await finish(createStep({ takenBy: "rule", attempts: { Red: attempts.Red, Gone: null } }));
	expect(none).toMatchObject({ taken: null, reason: "None of them changed something and passed its tests." });
});

test("a judge is asked once, without names, and a person may have the last word", async () => {
	const attempts = { Claude: attempt(change("2")), Codex: attempt(change("II")), Red: attempt(change("3"), failing) };
	const config = { takenBy: "judge", provider: "anthropic", confirms: true, task: "Name it.", attempts };
	const step = createStep(config, {
		script: () => ({ text: "", json: { best: "B", reason: "Attempt B is Roman." } }),
	});
	const asked = await ask(step);
	expect(asked.message).toBe("The judge prefers “Codex”. Codex is Roman.\nWhich one is taken?");
	expect(asked.fields[0]).toMatchObject({ default: "Codex", options: ["Claude", "Codex", "Red"] });
	expect(JSON.stringify(step.asked)).not.toMatch(/Claude|Codex/);
	step.answer("declined", undefined, asked.question);
	expect(await finish(step)).toMatchObject({ taken: null, by: "Ada", reason: "None of them was wanted." });
	expect(step.asked).toHaveLength(1);
});
