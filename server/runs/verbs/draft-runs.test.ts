import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { listWorkflows } from "@/server/workflows/list-workflows";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { forgetTries } from "../chores/forget-tries";
import { getRun } from "../read/get-run";
import { listRuns } from "../read/list-runs";
import { tryStep } from "../try/try-step";
import { startDraftRun } from "./start-draft-run";
import { startRun } from "./start-run";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("a test of the draft", () => {
	test("runs the draft as it was saved, and is listed among the runs as what it is", async () => {
		const slug = await publish();
		await startRun(editor(), { team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
		await save(slug, "echo draft");
		expect(await testDraft(slug, 2)).toMatchObject({ number: 2 });
		const { items } = await listRuns(team.members.viewer, { team: "acme", slug, limit: 10 });
		expect(items.map(({ number, kind, version }) => ({ number, kind, version }))).toEqual([
			{ number: 2, kind: "draft", version: null },
			{ number: 1, kind: "workflow", version: 1 },
		]);
		const run = await getRun(team.members.viewer, { team: "acme", slug, number: 2 });
		expect(run).toMatchObject({ kind: "draft", plan: { nodes: [{ config: { command: "echo draft" } }] } });
	});

	test("is refused when the draft has errors, with the issues", async () => {
		const slug = await publish();
		await save(slug, "echo {{ steps.nowhere.output }}");
		await expect(testDraft(slug, 2)).rejects.toMatchObject({
			code: "invalid",
			details: { issues: [{ nodeId: "say", code: "unknown_reference" }] },
		});
	});

	test("is refused when somebody has saved since, or the workflow is archived", async () => {
		const slug = await publish();
		await save(slug, "echo draft");
		await expect(testDraft(slug, 1)).rejects.toMatchObject({ code: "conflict" });
		await archiveWorkflow(editor(), { team: "acme", slug });
		await expect(testDraft(slug, 2)).rejects.toThrow("is archived");
	});

	test("asked for twice at once is one run", async () => {
		const slug = await publish();
		const requestId = crypto.randomUUID();
		const twice = await Promise.all([1, 2].map(() => testDraft(slug, 1, requestId)));
		expect(twice[0]).toEqual(twice[1]);
	});

	test("neither waits for the workflow’s runs nor holds them back", async () => {
		const slug = await publish("settings: { concurrency: { limit: 1, policy: skip } }\n");
		await startRun(editor(), { team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
		expect(await testDraft(slug, 1)).toMatchObject({ number: 2 });
		await endAll(slug, { after: 1 });
		expect(await testDraft(slug, 1)).toMatchObject({ number: 3 });
		expect(await start(slug)).toMatchObject({ number: 4 });
	});
});

test("a run whose key cannot be worked out is refused in words, and none is there", async () => {
	const slug = await publish('settings: { concurrency: { limit: 1, key: "{{ trigger.body.id }}" } }\n');
	await expect(start(slug)).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringContaining("There is no value at trigger.body (in trigger.body.id)."),
	});
	expect((await listRuns(editor(), { team: "acme", slug, limit: 10 })).items).toEqual([]);
});

describe("what is counted", () => {
	test("are runs of the workflow: a failed test of the draft changes no figure", async () => {
		const slug = await publish();
		await start(slug);
		await endAll(slug, { after: 4 });
		await testDraft(slug, 1);
		await endAll(slug, { after: 100, status: "failed" });
		await testDraft(slug, 1);
		await endAll(slug, { after: 100 });
		const listed = (await listWorkflows(editor(), { team: "acme", archived: false })).find((one) => one.slug === slug);
		expect(listed).toMatchObject({ succeeded: 1, medianMs: 4_000, lastRun: { number: 3, isTest: true } });
		expect(listed?.runs.map(({ number, isTest }) => ({ number, isTest }))).toEqual([
			{ number: 1, isTest: false },
			{ number: 2, isTest: true },
			{ number: 3, isTest: true },
		]);
		const { estimate } = await getWorkflow(editor(), { team: "acme", slug });
		expect(estimate).toMatchObject({ medianMs: 4_000, runs: 1 });
	});

	test("are never tries: they take no number, and no list or page shows them", async () => {
		const slug = await publish();
		for (let tried = 0; tried < 3; tried += 1) await attempt(slug);
		expect(await start(slug)).toMatchObject({ number: 1 });
		expect((await listRuns(editor(), { team: "acme", slug, limit: 10 })).items.map(({ kind }) => kind)).toEqual([
			"workflow",
		]);
		await expect(getRun(editor(), { team: "acme", slug, number: 0 })).rejects.toMatchObject({ code: "not_found" });
		const listed = (await listWorkflows(editor(), { team: "acme", archived: false })).find((one) => one.slug === slug);
		expect(listed?.runs).toHaveLength(1);
	});
});

test("a workflow that only its tests ran stays, one that was only tried goes", async () => {
	const [tested, tried] = [await publish(), await publish()];
	await testDraft(tested, 1);
	await attempt(tried);
	await expect(removeWorkflow(editor(), { team: "acme", slug: tested })).rejects.toThrow("Archive it instead");
	await removeWorkflow(editor(), { team: "acme", slug: tried });
	await expect(getWorkflow(editor(), { team: "acme", slug: tried })).rejects.toMatchObject({ code: "not_found" });
});

test("tries are forgotten after a week, runs and tests never", async () => {
	const slug = await publish();
	const [old, recent] = [await attempt(slug), await attempt(slug)];
	const { runId: run } = await start(slug);
	const { runId: draft } = await testDraft(slug, 1);
	await endAll(slug, { after: 1 });
	await database.sql`update runs set ended_at = now() - interval '8 days' where id = any(${[old, run, draft]})`;
	await forgetTries(database.sql);
	const left = await database.sql<{ id: string }[]>`
		select r.id from runs r join workflows w on w.id = r.workflow_id where w.slug = ${slug}`;
	expect(left.map(({ id }) => id).sort()).toEqual([recent, run, draft].sort());
});

function editor() {
	return team.members.editor;
}

/** A workflow whose only step says hello, published and drawn at revision 1. */
async function publish(settings = ""): Promise<string> {
	const step = "nodes: [{ id: say, type: shell, name: Say it, config: { command: echo hello } }]\n";
	const yaml = `name: Tested\nversion: 1\n${settings}${step}`;
	return (await importWorkflow(editor(), { team: "acme", yaml })).slug;
}

async function save(slug: string, command: string): Promise<void> {
	const plan = testPlan([{ id: "say", name: "Say it", config: { command } }]);
	await saveDraft(editor(), { team: "acme", slug, plan, revision: 1 });
}

function start(slug: string) {
	return startRun(editor(), { team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
}

function testDraft(slug: string, revision: number, requestId: string = crypto.randomUUID()) {
	return startDraftRun(editor(), { team: "acme", slug, revision, input: {}, requestId });
}

async function attempt(slug: string): Promise<string> {
	const requestId = crypto.randomUUID();
	return (await tryStep(editor(), { team: "acme", slug, node: "say", scope: {}, requestId })).runId;
}

/** Ends the runs that have not ended, as the engine would, so many seconds after their start. */
async function endAll(
	slug: string,
	{ after, status = "completed" }: { after: number; status?: string },
): Promise<void> {
	await database.sql`
		update runs set status = ${status}, started_at = now() - make_interval(secs => ${after}), ended_at = now()
		where ended_at is null and workflow_id = (select id from workflows where slug = ${slug})`;
}
