import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "./create-blank-workflow";
import { getDraft } from "./get-draft";
import { getVersion } from "./get-version";
import { getWorkflow } from "./get-workflow";
import { listVersions } from "./list-versions";
import { publishWorkflow } from "./publish-workflow";
import { restoreVersion } from "./restore-version";
import { saveDraft } from "./save-draft";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("publishing", () => {
	test("keeps the plan, the note, the person and the time", async () => {
		const slug = await publishCommands(["echo one"]);
		await save(slug, { revision: 2, command: "echo two" });
		const published = await publishWorkflow(team.members.admin, {
			team: "acme",
			slug,
			revision: 3,
			note: "Says two",
		});
		expect(published).toEqual({ version: 2, isNew: true });
		const version = await getVersion(team.members.viewer, { team: "acme", slug, version: 2 });
		expect(version).toMatchObject({
			note: "Says two",
			publishedBy: { name: "acme admin" },
			publishedAt: expect.any(Date),
		});
		expect(version.plan.nodes[0]?.config).toEqual({ command: "echo two" });
	});

	test("makes no version of a plan that is published already, and writes no second entry into the audit log", async () => {
		const slug = await publishCommands(["echo one"]);
		const again = await publishWorkflow(editor(), { team: "acme", slug, revision: 2, note: "Nothing" });
		expect(again).toEqual({ version: 1, isNew: false });
		expect(await audited(slug)).toEqual(["workflow.created", "workflow.published"]);
	});

	test("twice at once makes one version", async () => {
		const slug = await publishCommands([]);
		await save(slug, { revision: 1, command: "echo one" });
		const twice = await Promise.all([1, 2].map(() => publishWorkflow(editor(), { team: "acme", slug, revision: 2 })));
		expect(twice.map(({ version }) => version)).toEqual([1, 1]);
		expect(twice.filter(({ isNew }) => isNew)).toHaveLength(1);
	});

	test("at the moment of a save publishes what was seen, or nothing", async () => {
		const slug = await publishCommands([]);
		await save(slug, { revision: 1, command: "echo seen" });
		const [published] = await Promise.all([
			publishWorkflow(editor(), { team: "acme", slug, revision: 2 }).then(
				() => "published",
				(error) => error.code,
			),
			save(slug, { revision: 2, command: "echo unseen" }),
		]);
		const { items } = await listVersions(editor(), { team: "acme", slug, limit: 10 });
		const versions = await Promise.all(items.map((item) => getVersion(editor(), { team: "acme", slug, ...item })));
		const seen = versions.map(({ plan }) => plan.nodes[0]?.config.command);
		expect([["published", "echo seen"], ["conflict"]]).toContainEqual([published, ...seen]);
	});

	test("refuses a draft that was saved since it was looked at", async () => {
		const slug = await publishCommands(["echo one"]);
		await save(slug, { revision: 2, command: "echo two" });
		const stale = publishWorkflow(editor(), { team: "acme", slug, revision: 2 });
		await expect(stale).rejects.toMatchObject({ code: "conflict" });
		expect(await getWorkflow(editor(), { team: "acme", slug })).toMatchObject({ version: 1 });
	});

	test("refuses a reference to a credential that the team does not have", async () => {
		const slug = await publishCommands([]);
		await save(slug, { revision: 1, command: "echo {{ secrets.missing }}" });
		await expect(publishWorkflow(editor(), { team: "acme", slug, revision: 2 })).rejects.toMatchObject({
			code: "invalid",
			details: { issues: [{ nodeId: "say", code: "missing_credential" }] },
		});
	});
});

describe("the history", () => {
	test("is read page by page, newest first", async () => {
		const slug = await publishCommands(["echo one", "echo two", "echo three"]);
		const page = (before?: number) => listVersions(team.members.viewer, { team: "acme", slug, before, limit: 2 });
		const one = await page();
		expect(one.items.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
			[3, true],
			[2, false],
		]);
		const two = await page(one.next);
		expect(two.items.map(({ version }) => version)).toEqual([1]);
		expect(two.next).toBeUndefined();
	});

	test("has no version that was never published", async () => {
		const slug = await publishCommands(["echo one"]);
		const unknown = getVersion(editor(), { team: "acme", slug, version: 2 });
		await expect(unknown).rejects.toMatchObject({
			code: "not_found",
			message: expect.stringContaining("no version 2"),
		});
	});
});

describe("restoring", () => {
	test("puts an old version into the draft, and publishes nothing", async () => {
		const slug = await publishCommands(["echo one", "echo two"]);
		const restored = await restoreVersion(editor(), { team: "acme", slug, version: 1, revision: 3 });
		expect(restored).toMatchObject({
			status: "saved",
			revision: 4,
			plan: { nodes: [{ config: { command: "echo one" } }] },
		});
		expect(await getDraft(editor(), { team: "acme", slug })).toMatchObject({
			revision: 4,
			version: 2,
			isChanged: true,
			plan: { nodes: [{ config: { command: "echo one" } }] },
		});
		expect((await audited(slug)).at(-1)).toBe("workflow.restored");
	});

	test("of two restored at once one wins, and the other is told which", async () => {
		const slug = await publishCommands(["echo one", "echo two", "echo three"]);
		const restore = (version: number) => restoreVersion(editor(), { team: "acme", slug, version, revision: 4 });
		const answers = await Promise.all([restore(1), restore(2)]);
		expect(answers.map(({ status }) => status).sort()).toEqual(["conflict", "saved"]);
		const [first] = answers;
		const command = first?.status === "saved" ? "echo one" : "echo two";
		for (const { revision, plan } of answers) {
			expect(revision).toBe(5);
			expect(plan.nodes[0]?.config).toEqual({ command });
		}
		expect(await getDraft(editor(), { team: "acme", slug })).toMatchObject({ revision: 5, version: 3 });
		expect((await audited(slug)).filter((action) => action === "workflow.restored")).toHaveLength(1);
	});

	test("twice at once is one change of the draft", async () => {
		const slug = await publishCommands(["echo one", "echo two"]);
		const restore = () => restoreVersion(editor(), { team: "acme", slug, version: 1, revision: 3 });
		const answers = await Promise.all([restore(), restore()]);
		expect(answers).toMatchObject([
			{ status: "saved", revision: 4 },
			{ status: "saved", revision: 4 },
		]);
		expect((await audited(slug)).filter((action) => action === "workflow.restored")).toHaveLength(1);
	});

	test("overwrites nobody’s work", async () => {
		const slug = await publishCommands(["echo one", "echo two"]);
		await save(slug, { revision: 3, command: "echo theirs" });
		const refused = await restoreVersion(editor(), { team: "acme", slug, version: 1, revision: 3 });
		expect(refused).toMatchObject({
			status: "conflict",
			revision: 4,
			plan: { nodes: [{ config: { command: "echo theirs" } }] },
		});
		expect((await audited(slug)).at(-1)).toBe("workflow.published");
	});
});

function editor() {
	return team.members.editor;
}

/** A workflow whose versions say these things, one after the other. */
async function publishCommands(commands: readonly string[]): Promise<string> {
	const { slug } = await createBlankWorkflow(editor(), { team: "acme", name: "Versioned" });
	for (const [index, command] of commands.entries()) {
		await save(slug, { revision: index + 1, command });
		await publishWorkflow(editor(), { team: "acme", slug, revision: index + 2 });
	}
	return slug;
}

async function save(slug: string, { revision, command }: { revision: number; command: string }): Promise<void> {
	const plan = testPlan([{ id: "say", name: "Say it", config: { command } }]);
	const { status } = await saveDraft(editor(), { team: "acme", slug, revision, plan });
	expect(status).toBe("saved");
}

async function audited(slug: string): Promise<string[]> {
	const rows = await database.sql<{ action: string }[]>`
		select a.action from audit_log a join workflows w on w.id = a.target_id where w.slug = ${slug} order by a.id`;
	return rows.map(({ action }) => action);
}
