import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { runEvents, runs } from "@/db/schema/runs";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { findLiteralSecrets } from "@/server/plan/validate/find-literal-secrets";
import type { JsonObject } from "@/server/plan/values/json";
import type { NewRunEvent } from "@/server/runs/events";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { getTemplate } from "./get-template";
import { getPublication, previewSample } from "./publication";
import { publishTemplate } from "./publish-template";
import { viewTemplates } from "./view-templates";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const sayPlan = (text: string) => testPlan([{ id: "say", type: "comment", name: "Say", config: { text } }]);

async function makeWorkflow(text = "one"): Promise<string> {
	const { slug } = await createBlankWorkflow(team.members.editor, { team: "acme", name: "Greet" });
	await publishText({ slug, revision: 1, text });
	return slug;
}

async function publishText({ slug, revision, text }: { slug: string; revision: number; text: string }) {
	await saveDraft(team.members.editor, { team: "acme", slug, revision, plan: sayPlan(text) });
	await publishWorkflow(team.members.editor, { team: "acme", slug, revision: revision + 1 });
}

interface Ended {
	status?: "completed" | "failed" | "running";
	input?: JsonObject;
	output?: JsonObject;
	/** Beside those of its beginning and end. */
	events?: NewRunEvent[];
	pinned?: { steps: Record<string, { output: string }> };
}

/** A run of what is published, as the engine would have left it. */
async function insertRun(slug: string, { status = "completed", input = {}, output = {}, events = [], pinned }: Ended) {
	const [workflow] = await database.sql<{ id: string; hash: string; runs: number }[]>`
		select w.id, v.plan_hash as hash, (select count(*)::int from runs r where r.workflow_id = w.id) as runs
		from workflows w join workflow_versions v on v.workflow_id = w.id and v.version = w.current_version
		where w.slug = ${slug}`;
	if (!workflow) throw new Error("It is not published.");
	const id = newId();
	const actor = { kind: "user", id: "u", name: "Ada Lovelace" } as const;
	await database.db.insert(runs).values({
		...{ id, teamId: team.id, workflowId: workflow.id, number: workflow.runs + 1, planHash: workflow.hash, status },
		...{ actor, trigger: "manual", payload: {}, input, output, ...(pinned && { pinned, kind: "draft" }) },
		endedAt: status === "running" ? null : new Date(),
	});
	const end: NewRunEvent = { type: "run.completed", data: { output } };
	const all: NewRunEvent[] = [{ type: "run.queued", data: { actor, trigger: "manual" } }, ...events, end];
	const begin = Date.parse("2026-01-01T00:00:00Z");
	const rows = all.map(({ type, nodeId = null, data }, index) => ({
		...{ runId: id, seq: index + 1, type, nodeId, data, at: new Date(begin + index * 1_000) },
	}));
	await database.db.insert(runEvents).values(rows);
	return id;
}

const publish = (slug: string, sample: { runId: string; outputs: boolean } | null) =>
	publishTemplate(team.members.editor, {
		...{ team: "acme", slug, category: "everyday", forInstance: false, note: "", sample },
	});

const pageOf = async (template: string, version?: number) =>
	await getTemplate(database.db, await viewTemplates(team.members.viewer, "acme"), { slug: template, version });

describe("a template's sample run", () => {
	test("is one of what is published: whole and ended, the newest that completed is offered first", async () => {
		const slug = await makeWorkflow("old");
		await insertRun(slug, {});
		await publishText({ slug, revision: 2, text: "new" });
		const green = await insertRun(slug, {});
		const newer = await insertRun(slug, {});
		const failed = await insertRun(slug, { status: "failed" });
		const tested = await insertRun(slug, { pinned: { steps: {} } });
		await insertRun(slug, { status: "running" });
		await insertRun(slug, { pinned: { steps: { say: { output: "made up" } } } });
		const { runs: offered, template } = await getPublication(team.members.editor, { team: "acme", slug });
		expect(offered.map(({ id }) => id)).toEqual([tested, newer, green, failed]);
		expect(template).toBeNull();
		await publish(slug, null);
		const after = await getPublication(team.members.editor, { team: "acme", slug });
		expect(after.template).toEqual({ version: 1, category: "everyday", forInstance: false });
	});

	test("plays with nobody's name, no log, no comment and no cost, beginning at zero", async () => {
		const slug = await makeWorkflow();
		const counts = { inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 1, reasoningTokens: 0 };
		const usage = { provider: "anthropic", model: "m", ...counts, costUsd: 2, estimated: false };
		const runId = await insertRun(slug, {
			output: { answer: "private result" },
			events: [
				{ type: "step.started", nodeId: "say", data: { attempt: 1, maxAttempts: 1 } },
				{ type: "step.log", nodeId: "say", data: { lines: [{ at: 1, level: "stdout", text: "log line" }] } },
				{ type: "step.comment", nodeId: "say", data: { text: "a comment" } },
				{ type: "step.usage", nodeId: "say", data: usage },
				{ type: "step.completed", nodeId: "say", data: { attempt: 1, port: "out" } },
			],
		});
		const { template } = await publish(slug, { runId, outputs: false });
		const { sampleRun } = (await pageOf(template)) ?? {};
		expect(sampleRun?.map(({ type, at }) => [type, at])).toEqual([
			["run.queued", 0],
			["step.started", 1_000],
			["step.completed", 5_000],
			["run.completed", 6_000],
		]);
		expect(JSON.stringify(sampleRun)).not.toMatch(/Ada|log line|a comment|private result|anthropic/);
	});

	test("tells what was put out when it was asked to, without the run's input and what looks private", async () => {
		const slug = await makeWorkflow();
		const output = { text: "For Grace Hopper, by ada@example.com: 42 apples" };
		const runId = await insertRun(slug, { input: { customer: "Grace Hopper" }, output });
		const sample = { runId, outputs: true };
		const sent = await previewSample(team.members.editor, { team: "acme", slug, sample });
		const { template } = await publish(slug, sample);
		expect((await pageOf(template))?.sampleRun).toEqual(sent.events);
		const text = JSON.stringify(sent.events);
		expect(text).toContain("42 apples");
		expect(text).not.toMatch(/Grace Hopper|ada@example\.com/);
		expect(sent.redacted).toBe(1);
	});

	test("holds nothing that would be a literal secret in a plan", async () => {
		const slug = await makeWorkflow();
		const hook = ["https://hooks.slack.com", "services", "T0AB12CD3", "B0AB12CD3", "abcdefghijklmnopqrstuvwx"];
		const texts = [hook.join("/"), `ghp_${"a1B2".repeat(9)}`, "postgres://app:s3cr3t-pw@db.example.com/main"];
		expect(texts.flatMap(findLiteralSecrets)).toHaveLength(texts.length);
		const runId = await insertRun(slug, { output: { texts } });
		const { template } = await publish(slug, { runId, outputs: true });
		const { sampleRun } = (await pageOf(template)) ?? {};
		expect(sampleRun).toHaveLength(2);
		expect(findLiteralSecrets(JSON.stringify(sampleRun))).toEqual([]);
	});

	test("is refused when it is too long to be loaded with a page", async () => {
		const slug = await makeWorkflow();
		const runId = await insertRun(slug, { output: { text: "word ".repeat(50_000) } });
		const many = await insertRun(slug, {
			events: Array.from({ length: 2_000 }, () => ({ type: "step.skipped", nodeId: "say", data: {} }) as const),
		});
		await expect(publish(slug, { runId, outputs: true })).rejects.toMatchObject({ code: "invalid" });
		await expect(publish(slug, { runId: many, outputs: false })).rejects.toMatchObject({ code: "invalid" });
	});

	test("cannot be another workflow's run, nor one of a version that is published no more", async () => {
		const [slug, other] = [await makeWorkflow(), await makeWorkflow("two")];
		const [runId, old] = [await insertRun(other, {}), await insertRun(slug, {})];
		await expect(publish(slug, { runId, outputs: false })).rejects.toMatchObject({ code: "not_found" });
		await publishText({ slug, revision: 2, text: "anew" });
		await expect(publish(slug, { runId: old, outputs: false })).rejects.toMatchObject({ code: "conflict" });
	});

	test("stays with its version when the next one has another or none", async () => {
		const slug = await makeWorkflow();
		const runId = await insertRun(slug, { output: { first: true } });
		const { template } = await publish(slug, { runId, outputs: true });
		expect(await publish(slug, { runId, outputs: true })).toEqual({ template, version: 1 });
		expect(await publish(slug, null)).toEqual({ template, version: 2 });
		expect(await pageOf(template)).toMatchObject({ version: 2, sampleRun: null, newest: null });
		const old = await pageOf(template, 1);
		expect(old?.newest).toMatchObject({ version: 2 });
		expect(JSON.stringify(old?.sampleRun)).toContain("first");
	});
});
