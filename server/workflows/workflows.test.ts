import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { createPrompt } from "@/server/prompts/save-prompt";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { archiveWorkflow, unarchiveWorkflow } from "./archive-workflow";
import { duplicateWorkflow } from "./duplicate-workflow";
import { exportWorkflow } from "./export-workflow";
import { getDraft } from "./get-draft";
import { getWorkflow } from "./get-workflow";
import { importWorkflow, importWorkflowInput } from "./import-workflow";
import { listWorkflows } from "./list-workflows";
import { pinOutput } from "./pin-output";
import { publishWorkflow } from "./publish-workflow";
import { removeWorkflow } from "./remove-workflow";
import { saveDraft } from "./save-draft";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("importing", () => {
	test("publishes a workflow without errors at once", async () => {
		const { slug, issues, notes } = await importYaml(fileOf("Nightly Backup", "echo hello"));
		expect({ slug, issues, notes }).toEqual({ slug: "nightly-backup", issues: [], notes: undefined });
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({
			name: "Nightly Backup",
			version: 1,
			isRunnable: true,
			estimate: null,
		});
	});

	test("keeps one that would start by itself as a draft, until somebody has looked at it", async () => {
		const schedule = "triggers: [{ type: schedule, id: often, everySeconds: 60 }]\n";
		const { slug, issues } = await importYaml(`${fileOf("Every minute", "echo hello")}\n${schedule}`);
		expect(issues).toEqual([]);
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({ version: null });
		expect(await database.sql`select 1 from triggers`).toEqual([]);
	});

	test("keeps one of stages as a draft, and says where it does not do what they said", async () => {
		const prompt = "prompts/greet.md";
		const head = "---\nname: greet\n---\n";
		await createPrompt(editor(), { team: "acme", text: `${head}Greet {{who}}.` });
		const yaml = `id: hello\nstages: [greet]\nstageConfigs:\n  greet: { provider: openai, prompt: ${prompt}, role: host }`;
		const { slug, issues, notes } = await importYaml(yaml);
		expect({ slug, issues }).toEqual({ slug: "hello", issues: [] });
		expect(notes).toMatchObject([
			{ line: 4, place: "stageConfigs.greet.role", message: expect.stringContaining("host") },
		]);
		const { plan, version } = await getWorkflow(editor(), { team: "acme", slug });
		expect(version).toBeNull();
		expect(plan.nodes[0]?.config).toMatchObject({ promptName: "greet", variables: { who: "{{ inputs.who }}" } });
	});

	test("keeps one with errors as a draft that cannot run", async () => {
		const { slug, issues } = await importYaml(fileOf("Broken", "echo {{ steps.nowhere.output }}"));
		expect(issues).toMatchObject([{ severity: "error", nodeId: "say" }]);
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({ version: null, isRunnable: false });
		const listed = (await listWorkflows(editor(), { team: "acme", archived: false })).find((one) => one.slug === slug);
		expect(listed).toMatchObject({ draftProblems: 1, version: null, runs: [], succeeded: null, lastRun: null });
	});

	test("gives workflows of the same name addresses of their own, also at the same moment", async () => {
		const files = Array.from({ length: 4 }, () => importYaml(fileOf("Twins", "echo hello")));
		const slugs = (await Promise.all(files)).map(({ slug }) => slug);
		expect(slugs.sort()).toEqual(["twins", "twins-2", "twins-3", "twins-4"]);
	});

	test("refuses text that is no workflow, with its problems, and keeps nothing", async () => {
		const before = await listWorkflows(editor(), { team: "acme", archived: false });
		for (const yaml of ["nodes: [", "just text", "version: 1\nnodes: 3", "version: 99\nnodes: []", "", "- a\n- b"]) {
			await expect(importYaml(yaml)).rejects.toMatchObject({ code: "invalid" });
		}
		expect(await listWorkflows(editor(), { team: "acme", archived: false })).toHaveLength(before.length);
	});

	test("refuses a file above 2 MB", () => {
		const input = { team: "acme", yaml: "#".repeat(2_000_001) };
		expect(importWorkflowInput.safeParse(input).error?.issues[0]?.message).toContain("2 MB");
	});

	test("refuses an alias bomb quickly", async () => {
		const bomb = [
			"a: &a [x,x,x,x,x,x,x,x,x]",
			..."bcdefgh".split("").map((key, index) => {
				const before = "abcdefgh"[index];
				return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
			}),
		].join("\n");
		await expect(importYaml(bomb)).rejects.toMatchObject({ code: "invalid" });
	});

	test("what is exported can be imported and means the same", async () => {
		const { slug } = await importYaml(fileOf("Round trip", "echo hello"));
		const { yaml } = await exportWorkflow(team.members.viewer, { team: "acme", slug });
		const again = await importYaml(yaml);
		const [one, two] = await Promise.all(
			[slug, again.slug].map((name) => getWorkflow(editor(), { team: "acme", slug: name })),
		);
		expect(two?.plan).toEqual(one?.plan);
		expect(two?.name).toBe("Round trip");
		const [stored] = await database.sql`
			select count(distinct plan_hash)::int as plans from workflow_versions v join workflows w on w.id = v.workflow_id
			where w.slug in (${slug}, ${again.slug})`;
		expect(stored?.plans).toBe(1);
	});
});

test("an export holds the draft, or the version that is asked for", async () => {
	const { slug } = await importYaml(fileOf("Two texts", "echo one"));
	await saveDraft(editor(), { team: "acme", slug, plan: planOf("echo two"), revision: 1 });
	const yamlOf = async (version?: number) => (await exportWorkflow(editor(), { team: "acme", slug, version })).yaml;
	expect(await yamlOf()).toContain("echo two");
	expect(await yamlOf(1)).toContain("echo one");
	await expect(yamlOf(2)).rejects.toMatchObject({ code: "not_found" });
});

test("a copy is a draft with the same steps and pins, under a name and an address of its own", async () => {
	const { slug } = await importYaml(fileOf("Original", "echo one"));
	await saveDraft(editor(), { team: "acme", slug, plan: planOf("echo two"), revision: 1 });
	await pinOutput(editor(), { team: "acme", slug, node: "say", output: { stdout: "two" } });
	const copy = await duplicateWorkflow(editor(), { team: "acme", slug });
	expect(copy).toEqual({ slug: "copy-of-original", name: "Copy of Original" });
	const draft = await getDraft(editor(), { team: "acme", slug: copy.slug });
	expect(draft).toMatchObject({ version: null, pins: { say: { stdout: "two" } } });
	expect(draft.plan.nodes).toMatchObject([{ config: { command: "echo two" } }]);
	await expect(duplicateWorkflow(team.members.operator, { team: "acme", slug })).rejects.toMatchObject({
		code: "forbidden",
	});
	const long = await importYaml(fileOf("x".repeat(120), "echo one"));
	expect((await duplicateWorkflow(editor(), { team: "acme", slug: long.slug })).name).toHaveLength(120);
});

describe("drafts and versions", () => {
	test("a save on top of somebody else's is refused, and nothing of theirs is lost", async () => {
		const { slug } = await importYaml(fileOf("Shared", "echo one"));
		const save = (command: string) => saveDraft(editor(), { team: "acme", slug, plan: planOf(command), revision: 1 });
		expect(await save("echo two")).toEqual({ status: "saved", revision: 2, issues: [] });
		expect(await save("echo three")).toMatchObject({ status: "conflict", revision: 2 });
		expect(await publishWorkflow(editor(), { team: "acme", slug, revision: 2 })).toEqual({ version: 2, isNew: true });
		const { plan } = await getWorkflow(editor(), { team: "acme", slug });
		expect(plan.nodes[0]?.config).toEqual({ command: "echo two" });
	});

	test("publishing the same plan again makes no new version", async () => {
		const { slug } = await importYaml(fileOf("Same", "echo one"));
		const again = await publishWorkflow(editor(), { team: "acme", slug, revision: 1 });
		expect(again).toEqual({ version: 1, isNew: false });
	});

	test("a draft with errors is saved but not published", async () => {
		const { slug } = await importYaml(fileOf("Risky", "echo one"));
		const plan = planOf("echo {{ steps.nowhere.output }}");
		const saved = await saveDraft(editor(), { team: "acme", slug, plan, revision: 1 });
		expect(saved).toMatchObject({ status: "saved", issues: [{ nodeId: "say" }] });
		await expect(publishWorkflow(editor(), { team: "acme", slug, revision: 2 })).rejects.toMatchObject({
			code: "invalid",
			details: { issues: [{ nodeId: "say" }] },
		});
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({ version: 1 });
	});
});

describe("archiving and removing", () => {
	test("an archived workflow leaves the list and comes back", async () => {
		const { slug } = await importYaml(fileOf("Resting", "echo one"));
		await archiveWorkflow(editor(), { team: "acme", slug });
		expect(await slugs({ archived: false })).not.toContain(slug);
		expect(await slugs({ archived: true })).toContain(slug);
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({ isRunnable: false });
		await unarchiveWorkflow(editor(), { team: "acme", slug });
		expect(await slugs({ archived: false })).toContain(slug);
	});

	test("a workflow that has runs stays, one without goes", async () => {
		const { slug } = await insertTestRun(database, team.id);
		await expect(removeWorkflow(editor(), { team: "acme", slug })).rejects.toThrow("Archive it instead");
		const unused = await importYaml(fileOf("Unused", "echo one"));
		await removeWorkflow(editor(), { team: "acme", slug: unused.slug });
		expect(await slugs({ archived: false })).not.toContain(unused.slug);
	});
});

test("the list sums up the last twenty runs, oldest first", async () => {
	const { slug } = await importYaml(fileOf("Busy", "echo one"));
	await addRuns(slug, [...Array.from({ length: 22 }, () => "completed"), "cancelled", "failed", "running"]);
	const busy = (await listWorkflows(editor(), { team: "acme", archived: false })).find((one) => one.slug === slug);
	expect(busy?.runs.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
	expect(busy).toMatchObject({ succeeded: 17 / 18, medianMs: 4_000, lastRun: { number: 25, status: "waiting" } });
	const { estimate } = await getWorkflow(editor(), { team: "acme", slug });
	expect(estimate).toEqual({ medianMs: 4_000, costUsd: 0.5, runs: 20 });
});

test("the list begins with what was edited last, and says by whom", async () => {
	const { slug } = await importYaml(fileOf("Zebra", "echo one"));
	await importYaml(fileOf("Aardvark", "echo one"));
	await saveDraft(team.members.owner, { team: "acme", slug, plan: planOf("echo two"), revision: 1 });
	const [first] = await listWorkflows(editor(), { team: "acme", archived: false });
	expect(first).toMatchObject({
		slug,
		editedBy: { name: team.members.owner.actor.kind === "user" ? team.members.owner.actor.name : "" },
	});
	expect(first?.editedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("a test of the draft counts as a run and says nothing about what is published", async () => {
	const { slug } = await importYaml(fileOf("Tested", "echo one"));
	await addRuns(slug, ["completed", "failed"]);
	await database.sql`update runs set kind = 'draft', version = null where id = ${`${slug}-2`}`;
	const tested = (await listWorkflows(editor(), { team: "acme", archived: false })).find((one) => one.slug === slug);
	expect(tested?.runs.map(({ number, isTest }) => ({ number, isTest }))).toEqual([
		{ number: 1, isTest: false },
		{ number: 2, isTest: true },
	]);
	expect(tested).toMatchObject({ succeeded: 1, lastRun: { number: 2, isTest: true, status: "failed" } });
});

function editor() {
	return team.members.editor;
}

function importYaml(yaml: string) {
	return importWorkflow(editor(), { team: "acme", yaml });
}

async function slugs(which: { archived: boolean }): Promise<string[]> {
	return (await listWorkflows(editor(), { team: "acme", ...which })).map(({ slug }) => slug);
}

function fileOf(name: string, command: string): string {
	return [
		`name: ${name}`,
		"version: 1",
		"nodes:",
		"  - id: say",
		"    type: shell",
		"    name: Say it",
		"    config:",
		`      command: "${command}"`,
	].join("\n");
}

function planOf(command: string) {
	return testPlan([{ id: "say", name: "Say it", config: { command } }]);
}

/** Runs as the engine leaves them, each four seconds long; one that still runs waits for somebody. */
async function addRuns(slug: string, statuses: string[]): Promise<void> {
	await database.sql`
		insert into runs (id, team_id, workflow_id, number, version, plan_hash, status, actor, trigger, payload, input,
			cost_usd, started_at, ended_at)
		select w.slug || '-' || s.number, w.team_id, w.id, s.number, 1, v.plan_hash, s.status, '{}', 'manual', '{}', '{}',
			0.5, now() - interval '4 seconds', case when s.status <> 'running' then now() end
		from workflows w join workflow_versions v on v.workflow_id = w.id,
			unnest(${statuses}::text[]) with ordinality as s (status, number)
		where w.slug = ${slug}`;
	await database.sql`
		insert into run_steps (run_id, node_id, status) select id, 'say', 'waiting' from runs where status = 'running'
			and id like ${`${slug}-%`}`;
}
