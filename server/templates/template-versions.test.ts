import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { getTemplate } from "./get-template";
import { publishTemplate } from "./publish-template";
import { reviewTemplate } from "./review-template";
import { STRANGER, type TemplateViewer } from "./template";
import { MAX_TEMPLATES } from "./template-limits";
import { unpublishTemplate } from "./unpublish-template";
import { viewTemplates } from "./view-templates";

let database: TestDatabase;
let team: TestTeam;
let administrator: Caller;
let member: TemplateViewer;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	member = await viewTemplates(team.members.viewer, "acme");
	const id = newId();
	await database.sql`insert into users (id, name, email, is_administrator) values (${id}, 'Root', 'root@example.com', true)`;
	administrator = { database, actor: { kind: "user", id, name: "Root" } };
});
afterAll(() => database.drop());

const sayPlan = (text: string) => testPlan([{ id: "say", type: "comment", name: "Say", config: { text } }]);

async function publishNext(slug: string, revision: number, text: string) {
	await saveDraft(team.members.editor, { team: "acme", slug, revision, plan: sayPlan(text) });
	await publishWorkflow(team.members.editor, { team: "acme", slug, revision: revision + 1 });
	return await publishTemplate(team.members.editor, {
		...{ team: "acme", slug, category: "everyday", forInstance: true, note: `says ${text}`, sample: null },
	});
}

const makeWorkflow = async () => (await createBlankWorkflow(team.members.editor, { team: "acme", name: "Greet" })).slug;

const see = (viewer: TemplateViewer, slug: string, version?: number) =>
	getTemplate(database.db, viewer, { slug, version });
const versionsFor = async (viewer: TemplateViewer, slug: string) =>
	(await see(viewer, slug))?.versions.map(({ version }) => version);

describe("the versions of a template", () => {
	test("are listed for its team with their notes and authors, and each can be looked at", async () => {
		const slug = await makeWorkflow();
		await publishNext(slug, 1, "one");
		const { template } = await publishNext(slug, 2, "two");
		const page = await see(member, template);
		const author = expect.any(String);
		expect(page?.versions).toMatchObject([
			{ version: 2, note: "says two", author, at: expect.any(Date) },
			{ version: 1, note: "says one", author },
		]);
		const old = await see(member, template, 1);
		expect(old).toMatchObject({ version: 1, newest: { version: 2 }, isToReview: false });
		expect(old?.yaml).toContain("one");
		expect(await see(member, template, 3)).toBeNull();
	});

	test("are for everybody else those that an administrator approved, without their authors", async () => {
		const slug = await makeWorkflow();
		const { template } = await publishNext(slug, 1, "one");
		await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		await publishNext(slug, 2, "two");
		await reviewTemplate(administrator, { template, version: 2, verdict: "declined" });
		await publishNext(slug, 3, "three");
		expect(await versionsFor({ ...STRANGER, isAdministrator: true }, template)).toEqual([3, 1]);
		await reviewTemplate(administrator, { template, version: 3, verdict: "approved" });
		await publishNext(slug, 4, "four");
		expect(await versionsFor(STRANGER, template)).toEqual([3, 1]);
		expect(await versionsFor(member, template)).toEqual([4, 3, 2, 1]);
		expect((await see(STRANGER, template))?.versions.map(({ author }) => author)).toEqual([null, null]);
		expect(await see(STRANGER, template, 2)).toBeNull();
		expect(await see(STRANGER, template, 4)).toBeNull();
		expect(await see(STRANGER, template, 1)).toMatchObject({ newest: { version: 3 } });
		await unpublishTemplate(team.members.editor, { team: "acme", template });
		expect(await see(STRANGER, template, 1)).toBeNull();
		expect(await see(member, template, 1)).toBeNull();
	});
});

describe("a team's published templates", () => {
	test.each(["unpublished", "kept to its team"] as const)(
		"that everybody saw are the team’s own once it is %s, also when a later one is approved",
		async (how) => {
			const slug = await makeWorkflow();
			const { template } = await publishNext(slug, 1, "one");
			await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
			const at = { team: "acme", slug, category: "everyday", note: "", sample: null } as const;
			if (how === "unpublished") await unpublishTemplate(team.members.editor, { team: "acme", template });
			else await publishTemplate(team.members.editor, { ...at, forInstance: false });
			await publishNext(slug, 2, "two");
			await reviewTemplate(administrator, { template, version: 2, verdict: "approved" });
			expect(await versionsFor(STRANGER, template)).toEqual([2]);
			expect(await see(STRANGER, template, 1)).toBeNull();
			expect(await versionsFor(member, template)).toEqual([2, 1]);
		},
	);

	test("are bounded, also when several are published at once, and unpublishing makes room", async () => {
		const crowded = await createTestTeam(database, "crowded");
		await database.sql`
			insert into templates (id, slug, team_id, name, description, category, version, is_for_instance)
			select 'full-' || n, 'full-' || n, ${crowded.id}, 'Full', '', 'data', 1, false
			from generate_series(1, ${MAX_TEMPLATES - 1}) n`;
		const { editor } = crowded.members;
		const make = async (name: string) => {
			const { slug } = await createBlankWorkflow(editor, { team: "crowded", name });
			await saveDraft(editor, { team: "crowded", slug, revision: 1, plan: sayPlan(name) });
			await publishWorkflow(editor, { team: "crowded", slug, revision: 2 });
			return slug;
		};
		const publish = (slug: string) =>
			publishTemplate(editor, {
				...{ team: "crowded", slug, category: "data", forInstance: false, note: "", sample: null },
			});
		const slugs = [await make("One"), await make("Two"), await make("Three")];
		const settled = await Promise.allSettled(slugs.map(publish));
		expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.message] : []))[0];
		expect(refused).toMatch(/^A team has at most 100 published templates\. Unpublish one/);
		await unpublishTemplate(editor, { team: "crowded", template: "full-1" });
		const outcomes = await Promise.allSettled(slugs.map(publish));
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
	});

	test("are small enough to be drawn in a gallery", async () => {
		const slug = await makeWorkflow();
		const large = testPlan([
			...Array.from({ length: 30 }, (_, index) => ({
				...{ id: `s${index}`, type: "shell", name: "Large", config: { command: `echo ${"x".repeat(8_000)}` } },
			})),
		]);
		await saveDraft(team.members.editor, { team: "acme", slug, revision: 1, plan: large });
		await publishWorkflow(team.members.editor, { team: "acme", slug, revision: 2 });
		const publishing = publishTemplate(team.members.editor, {
			...{ team: "acme", slug, category: "data", forInstance: false, note: "", sample: null },
		});
		await expect(publishing).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("too large") });
	});
});
