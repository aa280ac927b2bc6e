import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { listInbox, listInboxInput } from "@/server/notifications/list-inbox";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { forgetTemplates } from "@/server/runs/chores/forget-templates";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { getDraft } from "@/server/workflows/get-draft";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { createFromTemplate, createFromTemplateInput } from "./create-from-template";
import { getTemplate } from "./get-template";
import { galleryQuerySchema, listTemplates } from "./list-templates";
import { findNewerVersion } from "./newer-version";
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
	await publishPlan({ slug, revision, plan: sayPlan(text) });
}

async function publishPlan({ slug, revision, plan }: { slug: string; revision: number; plan: Plan }) {
	await saveDraft(acme.members.editor, { team: "acme", slug, revision, plan });
	await publishWorkflow(acme.members.editor, { team: "acme", slug, revision: revision + 1 });
}

const publish = (slug: string, forInstance: boolean) =>
	publishTemplate(acme.members.editor, {
		...{ team: "acme", slug, category: "everyday", forInstance, note: "", sample: null },
	});

const readInbox = async (who: Caller) => (await listInbox(who, listInboxInput.parse({}))).items;

/** The version that somebody finds; null when they find none. */
async function seenBy(who: "acme" | "rivals" | "stranger", template: string): Promise<number | null> {
	const team = who === "acme" ? acme : rivals;
	const viewer = who === "stranger" ? STRANGER : await viewTemplates(team.members.viewer, who);
	return (await getTemplate(database.db, viewer, { slug: template }))?.version ?? null;
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

	test("says which programs and people its steps need, each once", async () => {
		const script = (id: string) => ({ id, type: "python", name: id, config: { code: "print(1)" } });
		const ask = { id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } };
		const slug = await makeWorkflow("hello");
		await publishPlan({ slug, revision: 2, plan: testPlan([script("one"), script("two"), ask]) });
		const { template } = await publish(slug, false);
		const found = await getTemplate(database.db, await viewTemplates(acme.members.viewer, "acme"), { slug: template });
		expect(found?.needs.map(({ kind, name }) => [kind, name])).toEqual([
			["program", "Python 3"],
			["people", "Somebody who decides"],
		]);
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
		const standing = async () =>
			(await getTemplate(database.db, await viewTemplates(acme.members.editor, "acme"), { slug: template }))?.standing;
		expect(await seen(template)).toEqual({ acme: 1, rivals: null, stranger: null });
		expect(await standing()).toMatchObject({ isWaiting: true, approvedVersion: null });
		await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
		expect(await seen(template)).toEqual({ acme: 1, rivals: 1, stranger: 1 });
		expect(await standing()).toEqual({ isWaiting: false, isDeclined: false, approvedVersion: 1 });

		await publishText({ slug, revision: 2, text: "two" });
		await publish(slug, true);
		expect(await seen(template)).toEqual({ acme: 2, rivals: 1, stranger: 1 });
		expect(await standing()).toEqual({ isWaiting: true, isDeclined: false, approvedVersion: 1 });
		await reviewTemplate(administrator, { template, version: 2, verdict: "declined" });
		expect(await seen(template)).toEqual({ acme: 2, rivals: 1, stranger: 1 });
		expect(await standing()).toEqual({ isWaiting: false, isDeclined: true, approvedVersion: 1 });
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
		expect(await getTemplate(database.db, viewer, { slug: template })).toMatchObject({ version: 1, isToReview: true });
		const old = reviewTemplate(administrator, { template, version: 2, verdict: "approved" });
		await expect(old).rejects.toMatchObject({ code: "conflict" });
	});

	test("is told what waits, until it is decided or taken back, and whoever published it is told of the decision", async () => {
		const slug = await makeWorkflow("tell me");
		const { template } = await publish(slug, true);
		const asked = async () => (await readInbox(administrator)).find(({ path }) => path === `/templates/${template}`);
		const sentence = "Team acme asks you to show version 1 of Greet to everybody";
		expect(await asked()).toMatchObject({ sentence, isUnread: true, settled: null });
		await publish(slug, true);
		await reviewTemplate(administrator, { template, version: 1, verdict: "declined" });
		expect(await asked()).toMatchObject({ isUnread: false, settled: "Decided or unpublished" });
		expect(await readInbox(acme.members.editor)).toContainEqual(
			expect.objectContaining({
				sentence: "Version 1 of Greet was declined for everybody",
				path: `/acme/templates/${template}`,
			}),
		);
		await publishText({ slug, revision: 2, text: "tell me more" });
		await publish(slug, true);
		expect(await asked()).toMatchObject({ sentence: sentence.replace("1 of", "2 of"), settled: null });
		await unpublishTemplate(acme.members.editor, { team: "acme", template });
		expect(await asked()).toMatchObject({ settled: "Decided or unpublished" });
	});

	test("is told nothing more once somebody else administers the instance", async () => {
		await publish(await makeWorkflow("too late"), true);
		const { id } = administrator.actor.kind === "user" ? administrator.actor : { id: "" };
		await database.sql`update users set is_administrator = false where id = ${id}`;
		expect(await readInbox(administrator)).toEqual([]);
		await database.sql`update users set is_administrator = true where id = ${id}`;
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

test("a template for everybody names the roles that decide, and nobody’s address", async () => {
	const { editor } = acme.members;
	const approvers = ["admin", "boss@acme.example"];
	const plan = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Go?", approvers } }]);
	const { slug } = await createBlankWorkflow(editor, { team: "acme", name: "Ask" });
	await saveDraft(editor, { team: "acme", slug, revision: 1, plan });
	await publishWorkflow(editor, { team: "acme", slug, revision: 2 });
	const member = await viewTemplates(editor, "acme");
	const asked = async (template: string) =>
		(await getTemplate(database.db, member, { slug: template }))?.plan.nodes[0]?.config.approvers;
	expect(await asked((await publish(slug, false)).template)).toEqual(approvers);
	const { template, version } = await publish(slug, true);
	expect(await asked(template)).toEqual(["admin"]);
	await reviewTemplate(administrator, { template, version, verdict: "approved" });
	const page = await getTemplate(database.db, STRANGER, { slug: template });
	expect(JSON.stringify(page)).not.toContain("acme.example");
	expect(page?.yaml).toContain("admin");
});

test("a version from before addresses were left out shows them to its team alone, as does what is made of it", async () => {
	const approvers = ["admin", "boss@acme.example"];
	const plan = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Go?", approvers } }]);
	const { template } = await publish(await makeWorkflow("before"), true);
	await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
	await database.sql`
		update template_versions v set plan = ${JSON.stringify(plan)}::text::json
		from templates t where t.id = v.template_id and t.slug = ${template}`;
	const rival = await viewTemplates(rivals.members.editor, "rivals");
	for (const viewer of [STRANGER, rival, { ...STRANGER, isAdministrator: true }])
		for (const asked of [{ slug: template }, { slug: template, version: 1 }])
			expect(JSON.stringify(await getTemplate(database.db, viewer, asked))).not.toContain("acme.example");
	const made = createFromTemplateInput.parse({ team: "rivals", template });
	const { slug } = await createFromTemplate(rivals.members.editor, made);
	const { plan: cloned } = await getDraft(rivals.members.editor, { team: "rivals", slug });
	expect(cloned?.nodes.map(({ config }) => config.approvers)).toEqual([["admin"]]);
	const [origin] = await database.sql`select base from workflow_origins where template = ${template}`;
	expect(JSON.stringify(origin)).not.toContain("acme.example");
	const own = await getTemplate(database.db, await viewTemplates(acme.members.viewer, "acme"), { slug: template });
	expect(own?.plan.nodes[0]?.config.approvers).toEqual(approvers);
});

test("a template that is unpublished is found by nobody, and what was made of it stays", async () => {
	const { template } = await publish(await makeWorkflow("gone soon"), true);
	await reviewTemplate(administrator, { template, version: 1, verdict: "approved" });
	const { editor } = rivals.members;
	const made = await createFromTemplate(editor, createFromTemplateInput.parse({ team: "rivals", template }));
	await unpublishTemplate(acme.members.editor, { team: "acme", template });
	expect(await seen(template)).toEqual({ acme: null, rivals: null, stranger: null });
	expect(await getWorkflow(editor, { team: "rivals", slug: made.slug })).toMatchObject({
		name: "Greet",
		isRunnable: true,
	});
});

test("of a template that is unpublished nothing is kept once its workflow is deleted, in either order", async () => {
	const { editor } = acme.members;
	const remove = (slug: string) => removeWorkflow(acme.members.admin, { team: "acme", slug });
	const slugs = [await makeWorkflow("first"), await makeWorkflow("second"), await makeWorkflow("third")] as const;
	const made = await Promise.all(slugs.map((slug) => publish(slug, false)));
	const [first = "", second = "", third = ""] = made.map(({ template }) => template);
	const clone = await createFromTemplate(editor, createFromTemplateInput.parse({ team: "acme", template: first }));
	await unpublishTemplate(editor, { team: "acme", template: first });
	await remove(slugs[0]);
	await remove(slugs[1]);
	await unpublishTemplate(editor, { team: "acme", template: second });
	await unpublishTemplate(editor, { team: "acme", template: third });
	await forgetTemplates(database.sql);
	const kept = await database.sql`select slug from templates where slug = any(${[first, second, third]}::text[])`;
	expect(kept).toEqual([{ slug: third }]);
	expect(await publish(slugs[2], false)).toMatchObject({ template: third });
	expect(await findNewerVersion(editor, { team: "acme", slug: clone.slug })).toBeNull();
	expect(await getWorkflow(editor, { team: "acme", slug: clone.slug })).toMatchObject({ isRunnable: true });
});

test("a published template stays when its workflow is deleted", async () => {
	const slug = await makeWorkflow("stays");
	const { template } = await publish(slug, false);
	await removeWorkflow(acme.members.admin, { team: "acme", slug });
	await forgetTemplates(database.sql);
	expect(await seen(template)).toMatchObject({ acme: 1 });
});

test("nobody takes back another team's template", async () => {
	const { template } = await publish(await makeWorkflow("stay"), false);
	const theft = unpublishTemplate(rivals.members.owner, { team: "rivals", template });
	await expect(theft).rejects.toMatchObject({ code: "not_found" });
	expect(await seen(template)).toMatchObject({ acme: 1 });
});
