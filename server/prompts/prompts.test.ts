import { describe, expect, test } from "vitest";
import { openPrompt } from "@/server/execution/step/open-prompt";
import { testPlan } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { sharedLimiter } from "@/server/rate-limit";
import { startRun } from "@/server/runs/verbs/start-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { beginTest } from "./begin-test";
import { exportPrompts } from "./export-prompts";
import { getPrompt } from "./get-prompt";
import { importPrompts } from "./import-prompts";
import { listPrompts } from "./list-prompts";
import { removePrompt } from "./remove-prompt";
import { createPrompt, savePrompt } from "./save-prompt";
import { testPromptText } from "./test-prompts";

const { database, team } = await setUpTestTeam();
const editor = team.members.editor;
const rivals = await createTestTeam(database, "rivals");

const TOPIC = "variables: { properties: { topic: { type: string }, length: { type: integer } }, required: [topic] }\n";

const create = (text: string) => createPrompt(editor, { team: "acme", text });
const save = (prompt: string, version: number, text: string) =>
	savePrompt(editor, { team: "acme", prompt, version, text, note: "shorter" });

async function audited(action: string): Promise<number> {
	const [row] = await database.sql<{ count: number }[]>`
		select count(*)::int as count from audit_log where action = ${action}`;
	return row?.count ?? 0;
}

describe("a prompt", () => {
	test("is saved as versions that stay, each once, and told in the audit log", async () => {
		await create(testPromptText("notes", "One"));
		const before = await audited("prompt.saved");
		const twice = [save("notes", 1, testPromptText("notes", "Two")), save("notes", 1, testPromptText("notes", "Two"))];
		expect(await Promise.all(twice)).toEqual(Array(2).fill({ name: "notes", version: 2 }));
		expect(await audited("prompt.saved")).toBe(before + 1);
		const read = await getPrompt(editor, { team: "acme", prompt: "notes", version: 1 });
		expect(read).toMatchObject({ version: 2, shown: { version: 1, text: testPromptText("notes", "One") } });
		expect(read.versions.map(({ version, note }) => [version, note])).toEqual([
			[2, "shorter"],
			[1, ""],
		]);
	});

	test("that two tabs edit is not overwritten by the later one", async () => {
		await create(testPromptText("tabs", "One"));
		await save("tabs", 1, testPromptText("tabs", "Mine"));
		const late = save("tabs", 1, testPromptText("tabs", "Yours"));
		await expect(late).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("version 2") });
	});

	test("has a name of its own, keeps the ones before, and frees all of them when it is deleted", async () => {
		await create(testPromptText("old-name", "One"));
		await save("old-name", 1, testPromptText("new-name", "One"));
		expect(await getPrompt(editor, { team: "acme", prompt: "old-name" })).toMatchObject({ name: "new-name" });
		for (const name of ["old-name", "new-name"])
			await expect(create(testPromptText(name, "x"))).rejects.toMatchObject({ code: "conflict" });
		await removePrompt(editor, { team: "acme", prompt: "new-name" });
		expect(await create(testPromptText("old-name", "x"))).toEqual({ name: "old-name", version: 1 });
		await expect(getPrompt(editor, { team: "acme", prompt: "new-name" })).rejects.toMatchObject({ code: "not_found" });
	});

	test("with a mistake is refused with its place, and another team’s is not there", async () => {
		const refused = create(testPromptText("wrong", "{{#if a}}"));
		await expect(refused).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("Line ") });
		await create(testPromptText("secret", "x"));
		const theirs = getPrompt(rivals.members.owner, { team: "rivals", prompt: "secret" });
		await expect(theirs).rejects.toMatchObject({ code: "not_found" });
		expect(await listPrompts(rivals.members.owner, { team: "rivals" })).toEqual([]);
	});
});

test("what a test cost is kept with what the team spends", async () => {
	const ask = await beginTest(editor, {
		...{ team: "acme", text: testPromptText("paid", "Hello"), variables: {}, provider: "demo", maxTokens: 2 },
	});
	await ask(() => {}, new AbortController().signal);
	const calls = await database.sql`select purpose, provider, cost_usd from model_calls`;
	expect([...calls]).toEqual([{ purpose: "prompt-test", provider: "demo", cost_usd: 0 }]);
});

test("a test counts before anything of it is tried, also one that cannot be", async () => {
	const asked = { team: "acme", text: "no prompt", variables: {}, provider: "demo", model: "demo", maxTokens: 10 };
	await expect(beginTest(editor, asked)).rejects.toMatchObject({ code: "invalid" });
	const limiter = sharedLimiter(database.db, "prompt-tests", { points: 60, duration: 3_600 });
	await limiter.block("id" in editor.actor ? editor.actor.id : "", 60);
	await expect(beginTest(editor, asked)).rejects.toMatchObject({ code: "too_many_requests" });
});

test("a folder is taken in file by file, and leaves as an archive", async () => {
	await create(testPromptText("known", "One"));
	const files = [
		{ path: "prompts/Weekly Digest.md", text: "Digest of {{week}}" },
		{ path: "prompts/known.md", text: testPromptText("known", "Two") },
		{ path: "prompts/wrong.md", text: "{{#each}}" },
		{ path: "prompts/again.md", text: testPromptText("known", "Three") },
	];
	const outcomes = await importPrompts(editor, { team: "acme", files });
	expect(outcomes.map(({ name, outcome, version }) => [name, outcome, version])).toEqual([
		["weekly-digest", "created", 1],
		["known", "saved", 2],
		["", "refused", undefined],
		["known", "refused", undefined],
	]);
	const again = await importPrompts(editor, { team: "acme", files: files.slice(0, 2) });
	expect(again.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
	const zip = await new Response(await exportPrompts(editor, { team: "acme" })).text();
	expect(zip).toContain("prompts/weekly-digest.md");
	expect(zip).toContain("Digest of {{week}}");
});

describe("a step", () => {
	const planOf = (config: JsonObject) => testPlan([{ id: "ask", type: "llm", name: "Ask", config }]);

	async function workflowOf(config: JsonObject) {
		const { slug } = await createBlankWorkflow(editor, { team: "acme", name: "Uses prompts" });
		const saved = await saveDraft(editor, { team: "acme", slug, plan: planOf(config), revision: 1 });
		if (saved.status !== "saved") throw new Error("Not saved.");
		return { slug, codes: saved.issues.map(({ code, field }) => [code, field]) };
	}

	async function runOf(slug: string) {
		const { runId } = await startRun(editor, { team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
		const [row] = await database.sql<{ prompts: Record<string, { promptId: string; version: number }> }[]>`
			select prompts from runs where id = ${runId}`;
		return { prompts: row?.prompts ?? {} };
	}

	test("uses the version that was the latest when its run came, or the one that it is pinned to", async () => {
		await create(testPromptText("brief", "On {{topic}} in {{length}}", TOPIC));
		const { slug, codes } = await workflowOf({ promptName: "brief", variables: { topic: "tests", length: "3" } });
		expect(codes).toEqual([]);
		await publishWorkflow(editor, { team: "acme", slug, revision: 2 });
		const run = await runOf(slug);
		await save("brief", 1, testPromptText("summary", "About {{topic}}", TOPIC));
		const [node] = planOf({ promptName: "brief" }).nodes;
		if (!node) throw new Error("No step.");
		const open = (from: typeof run, given: JsonObject) => openPrompt(database.sql, from, { node, given });
		const given = { topic: "tests", length: "3" };
		expect(await open(run, given)).toEqual({ name: "brief", version: 1, text: "On tests in 3\n" });
		const later = await runOf(slug);
		expect(await open(later, given)).toEqual({ name: "summary", version: 2, text: "About tests\n" });
		await expect(open(later, {})).rejects.toThrow("Give the variable topic a value");
		await removePrompt(editor, { team: "acme", prompt: "summary" });
		expect(await open(later, given)).toMatchObject({ version: 2 });
		await expect(open(await runOf(slug), given)).rejects.toThrow("no prompt “brief” when this run started");
	});

	test("is checked against the prompt before it is published, and the prompt says who uses it", async () => {
		await create(testPromptText("report", "On {{topic}}", TOPIC));
		await save(
			"report",
			1,
			testPromptText("report", "On {{topic}}: {{tone}}", TOPIC.replace("topic:", "tone: {}, topic:")),
		);
		const wrong = { promptName: "report", variables: { topik: "x", length: "many" } };
		expect((await workflowOf(wrong)).codes).toEqual([
			["prompt_variable", "config.variables.topik"],
			["prompt_variable", "config.variables.topic"],
			["prompt_variable", "config.variables.length"],
		]);
		const pinned = { promptName: "report", promptVersion: 1, variables: { topic: "x", tone: "y" } };
		const { slug, codes } = await workflowOf(pinned);
		expect(codes).toEqual([["prompt_variable", "config.variables.tone"]]);
		expect((await workflowOf({ ...pinned, promptVersion: 9 })).codes).toEqual([
			["unknown_prompt_version", "config.promptVersion"],
		]);
		expect((await workflowOf({ promptName: "reprot" })).codes).toEqual([["unknown_prompt", "config.promptName"]]);
		expect((await workflowOf({})).codes).toEqual([["invalid_config", "config.prompt"]]);
		const { usedBy } = await getPrompt(editor, { team: "acme", prompt: "report" });
		expect(usedBy).toContainEqual({
			...{ slug, workflow: "Uses prompts", prompt: "report", pinned: [1], isPublished: false },
		});
		await save("report", 2, testPromptText("renamed", "On {{topic}}", TOPIC));
		const late = await saveDraft(editor, {
			team: "acme",
			slug,
			plan: planOf({ ...pinned, variables: { topic: "x" } }),
			revision: 2,
		});
		expect(late).toMatchObject({ issues: [{ code: "renamed_prompt", severity: "warning", suggestion: "renamed" }] });
	});
});
