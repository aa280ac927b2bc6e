import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { catalog } from "@/server/nodes/catalog";
import { mergePlans } from "@/server/plan/merge/merge-plans";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { getDraft } from "@/server/workflows/get-draft";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { createFromTemplate, createFromTemplateInput } from "./create-from-template";
import { findNewerVersion } from "./newer-version";
import { publishTemplate } from "./publish-template";
import { takeVersion } from "./take-version";
import { unpublishTemplate } from "./unpublish-template";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const comment = (id: string, text: string) => ({ id, type: "comment", name: id, config: { text } });

/** Publishes these steps as the next version of a workflow's template. */
async function publishSteps(slug: string, revision: number, nodes: Parameters<typeof testPlan>[0]): Promise<string> {
	const { editor } = team.members;
	await saveDraft(editor, { team: "acme", slug, revision, plan: testPlan(nodes) });
	await publishWorkflow(editor, { team: "acme", slug, revision: revision + 1 });
	const published = { team: "acme", slug, category: "data", forInstance: false, note: "", sample: null } as const;
	return (await publishTemplate(editor, published)).template;
}

/** A template with one step, and a workflow that was made of it. */
async function makeClone() {
	const { editor } = team.members;
	const { slug: source } = await createBlankWorkflow(editor, { team: "acme", name: "Source" });
	const template = await publishSteps(source, 1, [comment("say", "one")]);
	const made = await createFromTemplate(
		editor,
		createFromTemplateInput.parse({ team: "acme", template, name: "Clone" }),
	);
	return { source, template, at: { team: "acme", slug: made.slug } };
}

const planOf = async (at: { team: string; slug: string }) => (await getDraft(team.members.editor, at)).plan;
const textsOf = ({ nodes }: Plan) => Object.fromEntries(nodes.map(({ id, config }) => [id, config.text]));

test("a workflow is told of a newer version of its template, takes it beside its own changes, and is told no more", async () => {
	const { editor } = team.members;
	const { source, template, at } = await makeClone();
	expect(await findNewerVersion(editor, at)).toBeNull();
	const mine = { ...(await planOf(at)), settings: { timeoutSeconds: 60 } };
	await saveDraft(editor, { ...at, revision: 1, plan: mine });
	await publishSteps(source, 2, [comment("say", "two"), comment("more", "three")]);

	const newer = await findNewerVersion(editor, at);
	expect(newer).toMatchObject({ template: { slug: template, name: "Source" }, from: 1, version: 2 });
	if (!newer) throw new Error("There is nothing newer.");
	const { plan, conflicts } = mergePlans({ base: newer.base, mine, theirs: newer.theirs }, { definitions: catalog });
	expect(conflicts).toEqual([]);
	expect(await takeVersion(editor, { ...at, plan, revision: 2, version: 2 })).toEqual({ status: "saved", revision: 3 });
	const taken = await planOf(at);
	expect(textsOf(taken)).toEqual({ say: "two", more: "three" });
	expect(taken.settings.timeoutSeconds).toBe(60);
	expect(await findNewerVersion(editor, at)).toBeNull();
});

test("nothing is taken when somebody saved the draft meanwhile, or the template went on", async () => {
	const { editor } = team.members;
	const { source, at } = await makeClone();
	await publishSteps(source, 2, [comment("say", "two")]);
	const plan = testPlan([comment("say", "two")]);
	await saveDraft(editor, { ...at, revision: 1, plan: testPlan([comment("say", "mine")]) });
	expect(await takeVersion(editor, { ...at, plan, revision: 1, version: 2 })).toMatchObject({ status: "conflict" });
	const tooNew = takeVersion(editor, { ...at, plan, revision: 2, version: 3 });
	await expect(tooNew).rejects.toMatchObject({ code: "conflict" });
	expect(textsOf(await planOf(at))).toEqual({ say: "mine" });
	expect(await findNewerVersion(editor, at)).toMatchObject({ from: 1, version: 2 });
});

test("a version with the same steps is nothing to take, and the next that changes them is offered beside what was taken last", async () => {
	const { editor } = team.members;
	const { source, at } = await makeClone();
	const moved = {
		team: "acme",
		slug: source,
		category: "everyday",
		forInstance: false,
		note: "",
		sample: null,
	} as const;
	expect(await publishTemplate(editor, moved)).toMatchObject({ version: 2 });
	expect(await findNewerVersion(editor, at)).toBeNull();
	await publishSteps(source, 2, [comment("say", "three")]);
	const newer = await findNewerVersion(editor, at);
	expect(newer).toMatchObject({ from: 1, version: 3 });
	expect([newer?.base, newer?.theirs].map((plan) => plan && textsOf(plan))).toEqual([{ say: "one" }, { say: "three" }]);
});

test("a template that was taken back has nothing newer", async () => {
	const { editor } = team.members;
	const { source, template, at } = await makeClone();
	await publishSteps(source, 2, [comment("say", "two")]);
	await unpublishTemplate(editor, { team: "acme", template });
	expect(await findNewerVersion(editor, at)).toBeNull();
});

test("a workflow that was made of no template has nothing newer", async () => {
	const { slug } = await createBlankWorkflow(team.members.editor, { team: "acme", name: "Own" });
	expect(await findNewerVersion(team.members.editor, { team: "acme", slug })).toBeNull();
});
