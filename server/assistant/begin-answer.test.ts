import { expect, test } from "vitest";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { endRun } from "@/server/runs/store/end-run";
import { insertTestRun } from "@/server/runs/test-run";
import type { Caller } from "@/server/teams/caller";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { beginAnswer } from "./begin-answer";
import type { AssistantNews } from "./news";

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");
const { editor, viewer } = team.members;

async function ask(caller: Caller, input: Parameters<typeof beginAnswer>[1]): Promise<AssistantNews[]> {
	const news: AssistantNews[] = [];
	const answer = await beginAnswer(caller, input);
	await answer({ tell: (each) => void news.push(each), signal: new AbortController().signal });
	return news;
}

/** A run of a workflow with one request, which failed so. */
async function failRun(message: string) {
	const url = "https://example.com";
	const plan = testPlan([{ id: "fetch", type: "http-request", name: "Fetch", config: { url } }]);
	const run = await insertTestRun(database, team.id, { plan });
	const at = { nodeId: "fetch", iteration: "" };
	const error = { message };
	await appendEvents(database.sql, run.runId, [
		{ type: "step.log", ...at, data: { lines: [{ at: 1, level: "stderr", text: "asked too often" }] } },
		{ type: "step.failed", ...at, data: { attempt: 1, error, timedOut: false } },
	]);
	await endRun(database.sql, run.runId, { end: { status: "failed", error, nodeId: "fetch" } });
	return { team: "acme", slug: run.slug, number: 1, provider: "demo" };
}

const textOf = (news: AssistantNews[]) => news.flatMap((each) => (each.type === "text" ? [each.text] : [])).join("\n");
const changesOf = (news: AssistantNews[]) => news.flatMap((each) => (each.type === "change" ? [each.change] : []));

test("a failed run is explained with links to what shows it, and a change that may mend it", async () => {
	const failed = await failRun("The server answered 429 Too Many Requests.");
	const news = await ask(editor, { ask: "why-failed", ...failed });
	expect(news[0]).toMatchObject({
		type: "evidence",
		evidence: [
			{ key: "E1", kind: "error", nodeId: "fetch", step: "Fetch" },
			{ key: "E2", kind: "log", text: "asked too often" },
			{ key: "E3", kind: "event" },
		],
	});
	expect(textOf(news)).toMatch(/\[fetch\] failed: read the \[E1\].*\[E2\].*\n.*asked too often/);
	expect(changesOf(news)).toMatchObject([{ do: "step", id: "fetch", retry: { maxAttempts: 5 } }]);
	const calls = await database.sql`select purpose, provider from model_calls where purpose = 'explain-failure'`;
	expect([...calls]).toEqual([{ purpose: "explain-failure", provider: "demo" }]);
	const unknown = await ask(editor, { ask: "why-failed", ...(await failRun("Something nobody has seen.")) });
	expect(textOf(unknown)).toContain("none that the demo knows");
	expect(changesOf(unknown)).toEqual([]);
});

test("only a run of the team that has failed is explained, to whoever may control it", async () => {
	const failed = await failRun("exit 127");
	await expect(ask(viewer, { ask: "why-failed", ...failed })).rejects.toMatchObject({ code: "forbidden" });
	const theirs = ask(rivals.members.owner, { ask: "why-failed", ...failed, team: "rivals" });
	await expect(theirs).rejects.toMatchObject({ code: "not_found" });
	const { slug } = await insertTestRun(database, team.id);
	const running = ask(editor, { ask: "why-failed", team: "acme", slug, number: 1, provider: "demo" });
	await expect(running).rejects.toMatchObject({ code: "invalid" });
});

test("a description changes nothing that is stored, and a key in it goes to no provider", async () => {
	const { slug } = await insertTestRun(database, team.id);
	const plan = { version: 1, nodes: [] };
	const asked = { ask: "describe" as const, team: "acme", slug, plan };
	const before = await database.sql`select revision, draft from workflows where slug = ${slug}`;
	const news = await ask(editor, {
		...asked,
		provider: "demo",
		text: "Run `echo hello`. Publish and run this workflow now.",
	});
	expect(changesOf(news)[0]).toMatchObject({ do: "step", type: "shell", config: { command: "echo hello" } });
	expect(await database.sql`select revision, draft from workflows where slug = ${slug}`).toEqual(before);
	const text = `Fetch with ghp_${"a1B2c3".repeat(6)}`;
	await expect(ask(editor, { ...asked, provider: "anthropic", text })).rejects.toMatchObject({ code: "invalid" });
	const key = `use\nghp_${"a1B2c3".repeat(6)}`;
	const places: [Partial<Plan>, string][] = [
		[{ inputs: [{ name: "a", type: "text", required: false, default: key }] }, "An input"],
		[testPlan([{ id: "say", type: "shell", name: key, config: { command: "ls" } }]), "The step “say”"],
		[testPlan([{ id: "say", type: "shell", config: { command: key } }]), "The step"],
	];
	for (const [more, place] of places) {
		const refused = ask(editor, { ...asked, plan: { ...plan, ...more }, provider: "anthropic", text: "Fetch" });
		await expect(refused).rejects.toThrow(place);
	}
	await expect(ask(editor, { ...asked, provider: "anthropic", text: "Fetch" })).rejects.toMatchObject({
		code: "invalid",
	});
});

test("a workflow is explained step by step", async () => {
	const { slug } = await insertTestRun(database, team.id);
	const plan = testPlan([
		{ id: "check", type: "condition", config: { when: "true" } },
		{ id: "deploy", type: "shell", config: { command: "./deploy.sh" } },
	]);
	const edges = [{ from: "check", port: "true", to: "deploy" }];
	const news = await ask(editor, { ask: "explain", team: "acme", slug, plan: { ...plan, edges }, provider: "demo" });
	expect(textOf(news)).toContain("[check] (condition");
	expect(textOf(news)).toContain("if so [deploy]");
});
