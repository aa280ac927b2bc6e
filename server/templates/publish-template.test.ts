import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { createFromTemplate, createFromTemplateInput } from "./create-from-template";
import { getTemplate } from "./get-template";
import { galleryQuerySchema, listTemplates } from "./list-templates";
import { publishTemplate } from "./publish-template";
import { reviewTemplate } from "./review-template";
import { STRANGER } from "./template";
import { unpublishTemplate } from "./unpublish-template";
import { viewTemplates } from "./view-templates";

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;
let administrator: Caller;

beforeAll(async () => {
	database = await createTestDatabase();
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
	const id = newId();
	await database.sql`insert into users (id, name, email, is_administrator) values (${id}, 'Root', 'root@example.com', true)`;
	administrator = { database, actor: { kind: "user", id, name: "Root" } };
});
afterAll(() => database.drop());

const sayPlan = (text: string) => testPlan([{ id: "say", type: "comment", name: "Say", config: { text } }]);

/** A published workflow of acme, whose steps say this. */
async function makeWorkflow(text: string): Promise<string> {
	const { editor } = acme.members;
	const { slug } = await createBlankWorkflow(editor, { team: "acme", name: "Greet" });
	await publishText({ slug, revision: 1, text });
	return slug;
}

async function publishText({ slug, revision, text }: { slug: string; revision: number; text: string }) {
	await saveDraft(acme.members.editor, { team: "acme", slug, revision, plan: sayPlan(text) });
	await publishWorkflow(acme.members.editor, { team: "acme", slug, revision: revision + 1 });
}

const publish = (slug: string, forInstance: boolean) =>
	publishTemplate(acme.members.editor, { team: "acme", slug, category: "everyday", forInstance, note: "" });

/** The version that somebody finds; null when they find none. */
async function seenBy(who: "acme" | "rivals" | "stranger", template: string): Promise<number | null> {
	const team = who === "acme" ? acme : rivals;
	const viewer = who === "stranger" ? STRANGER : await viewTemplates(team.members.viewer, who);
	return (await getTemplate(database.db, viewer, template))?.version ?? null;
}
const seen = async (template: string) => ({
	acme: await seenBy("acme", template),
	rivals: await seenBy("rivals", template),
	stranger: await seenBy("stranger", template),
});

describe("a workflow that is published as a template", () => {
	test("is found by its own team alone, with the steps of its published version", async () => {
		const { template, version } = await publish(await makeWorkflow("hello"), false);
		expect(version).toBe(1);
		expect(await seen(template)).toEqual({ acme: 1, rivals: null, stranger: null });
		const viewer = await viewTemplates(acme.members.viewer, "acme");
		const { items, own } = await listTemplates(database.db, viewer, galleryQuerySchema.parse({ own: "1" }));
		expect([items.map(({ slug }) => slug), own]).toEqual([[template], 1]);
	});

	test("gets a version when it is published anew, and none when nothing has changed", async () => {
		const slug = await makeWorkflow("one");
		const first = await publish(slug, false);
		expect(await publish(slug, false)).toEqual(first);
		await publishText({ slug, revision: 2, text: "two" });
		expect(await publish(slug, false)).toEqual({ template: first.template, version: 2 });
		expect(await seen(first.template)).toMatchObject({ acme: 2 });
	});

	test("is seen by everybody once an administrator has approved it, in that version until the next is approved", async () => {
		const slug = await makeWorkflow("one");
		const { template } = await publish(slug, true);
		expect(await seen(template)).toEqual({ acme: 1, rivals: null, stranger: null });
		await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		expect(await seen(template)).toEqual({ acme: 1, rivals: 1, stranger: 1 });

		await publishText({ slug, revision: 2, text: "two" });
		await publish(slug, true);
		expect(await seen(template)).toEqual({ acme: 2, rivals: 1, stranger: 1 });
		await reviewTemplate(administrator, { template, version: 2, verdict: "declined" });
		expect(await seen(template)).toEqual({ acme: 2, rivals: 1, stranger: 1 });
	});

	test("is seen by nobody else under a name or in a category that nobody has approved", async () => {
		const slug = await makeWorkflow("named");
		const { template } = await publish(slug, true);
		await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		await database.sql`update workflows set name = 'Something else' where slug = ${slug}`;
		expect(await publish(slug, true)).toEqual({ template, version: 2 });
		expect(await seen(template)).toEqual({ acme: 2, rivals: null, stranger: null });
		await expect(reviewTemplate(administrator, { template, version: 1, verdict: "approved" })).rejects.toMatchObject({
			code: "conflict",
		});
		await reviewTemplate(administrator, { template, version: 2, verdict: "approved" });
		expect(await seen(template)).toEqual({ acme: 2, rivals: 2, stranger: 2 });
	});

	test("is withdrawn from everybody when its team keeps it to itself", async () => {
		const slug = await makeWorkflow("ours");
		const { template } = await publish(slug, true);
		await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		await publish(slug, false);
		expect(await seen(template)).toEqual({ acme: 1, rivals: null, stranger: null });
	});

	test("cannot be a draft", async () => {
		const { slug } = await createBlankWorkflow(acme.members.editor, { team: "acme", name: "Blank" });
		await expect(publish(slug, false)).rejects.toMatchObject({ code: "conflict" });
	});

	test("holds nothing that looks like a secret", async () => {
		const slug = await makeWorkflow(`Use ghp_${"a1B2".repeat(9)}`);
		const refused = { code: "invalid", details: { issues: [{ nodeId: "say", field: "config.text" }] } };
		await expect(publish(slug, false)).rejects.toMatchObject(refused);
		const viewer = await viewTemplates(acme.members.viewer, "acme");
		const { items } = await listTemplates(database.db, viewer, galleryQuerySchema.parse({ own: "1", q: "secret" }));
		expect(items).toEqual([]);
	});

	test("published twice at once is one template", async () => {
		const slug = await makeWorkflow("twice");
		const [a, b] = await Promise.all([publish(slug, false), publish(slug, false)]);
		expect(a).toEqual(b);
	});
});

describe("an administrator of the instance", () => {
	test("is shown what waits, can read it, and decides about the version that was read", async () => {
		const { template } = await publish(await makeWorkflow("please"), true);
		const viewer = { ...STRANGER, isAdministrator: true };
		const gallery = await listTemplates(database.db, viewer, galleryQuerySchema.parse({}));
		expect(gallery.waiting).toContainEqual({ slug: template, name: "Greet", publisher: "Team acme" });
		expect(await getTemplate(database.db, viewer, template)).toMatchObject({ version: 1, isToReview: true });
		const old = reviewTemplate(administrator, { template, version: 2, verdict: "approved" });
		await expect(old).rejects.toMatchObject({ code: "conflict" });
	});

	test("is nobody else: the owner of a team cannot approve", async () => {
		const { template } = await publish(await makeWorkflow("mine"), true);
		const approval = reviewTemplate(acme.members.owner, { template, version: 1, verdict: "approved" });
		await expect(approval).rejects.toMatchObject({ code: "forbidden" });
	});

	test("is not asked about what its team keeps to itself", async () => {
		const { template } = await publish(await makeWorkflow("private"), false);
		const approval = reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		await expect(approval).rejects.toMatchObject({ code: "not_found" });
	});
});

test("a template that is unpublished is found by nobody, and what was made of it stays", async () => {
	const { template } = await publish(await makeWorkflow("gone soon"), true);
	await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
	const { editor } = rivals.members;
	const made = await createFromTemplate(editor, createFromTemplateInput.parse({ team: "rivals", template }));
	await unpublishTemplate(acme.members.editor, { team: "acme", template });
	expect(await seen(template)).toEqual({ acme: null, rivals: null, stranger: null });
	expect(await getWorkflow(editor, { team: "rivals", slug: made.slug })).toMatchObject({ name: "Greet", canRun: true });
});

test("nobody takes back another team's template", async () => {
	const { template } = await publish(await makeWorkflow("stay"), false);
	const theft = unpublishTemplate(rivals.members.owner, { team: "rivals", template });
	await expect(theft).rejects.toMatchObject({ code: "not_found" });
	expect(await seen(template)).toMatchObject({ acme: 1 });
});
