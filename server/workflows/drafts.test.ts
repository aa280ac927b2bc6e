import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { shell, type TestNode, testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow, createBlankWorkflowInput } from "./create-blank-workflow";
import { getDraft } from "./get-draft";
import { pinOutput, unpinOutput } from "./pin-output";
import { publishWorkflow } from "./publish-workflow";
import { renameWorkflow } from "./rename-workflow";
import { saveDraft, saveDraftInput } from "./save-draft";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("saving a draft", () => {
	test("of two saves at the same revision one wins, and the other is told what was saved, and by whom", async () => {
		const slug = await create();
		const [ann, bob] = [team.members.editor, team.members.admin];
		const answers = await Promise.all([
			saveDraft(ann, { team: "acme", slug, revision: 1, plan: planOf("echo ann") }),
			saveDraft(bob, { team: "acme", slug, revision: 1, plan: planOf("echo bob") }),
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual(["conflict", "saved"]);
		const annWon = answers[0]?.status === "saved";
		expect(answers.find(({ status }) => status === "conflict")).toMatchObject({
			revision: 2,
			plan: planOf(annWon ? "echo ann" : "echo bob"),
			savedBy: { name: annWon ? "acme editor" : "acme admin" },
		});
		expect(await draft(slug)).toMatchObject({ revision: 2, plan: planOf(annWon ? "echo ann" : "echo bob") });
	});

	test("a step's fields stay in the order they were written in", async () => {
		const slug = await create();
		const plan = planOf("echo one");
		const env = { zebra: "1", a: "2", middle: "3" };
		for (const node of plan.nodes) Object.assign(node, { config: { env, command: "env" } });
		await save(slug, { revision: 1, plan });
		const [node] = (await draft(slug)).plan.nodes;
		expect(Object.keys(node?.config ?? {})).toEqual(["env", "command"]);
		expect(Object.keys(Object(node?.config.env))).toEqual(["zebra", "a", "middle"]);
	});

	test("of many saves at once exactly one wins", async () => {
		const slug = await create();
		const saves = Array.from({ length: 10 }, (_, n) => save(slug, { revision: 1, plan: planOf(`echo ${n}`) }));
		const statuses = (await Promise.all(saves)).map(({ status }) => status);
		expect(statuses.filter((status) => status === "saved")).toHaveLength(1);
		expect(await draft(slug)).toMatchObject({ revision: 2 });
	});

	test("a save whose answer was lost may be repeated, and is saved once", async () => {
		const slug = await create();
		const lost = { revision: 1, plan: planOf("echo one"), saveId: crypto.randomUUID() };
		expect(await save(slug, lost)).toMatchObject({ status: "saved", revision: 2 });
		expect(await save(slug, lost)).toMatchObject({ status: "saved", revision: 2 });
		const unnamed = { revision: 1, plan: planOf("echo one") };
		expect(await save(slug, unnamed)).toMatchObject({ status: "saved", revision: 2 });
	});

	test("an editor whose last answers were lost goes on as long as nobody else has saved", async () => {
		const slug = await create();
		const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
		await save(slug, { revision: 1, plan: planOf("echo one"), saveId: first });
		const next = { revision: 1, plan: planOf("echo two"), saveId: second, unanswered: [first] };
		expect(await save(slug, next)).toMatchObject({ status: "saved", revision: 3 });

		await saveDraft(team.members.admin, { team: "acme", slug, revision: 3, plan: planOf("echo theirs") });

		const late = { revision: 1, plan: planOf("echo three"), unanswered: [first, second] };
		expect(await save(slug, late)).toMatchObject({ status: "conflict", revision: 4, plan: planOf("echo theirs") });
	});

	test("a save that arrives after a later one of the same editor changes nothing", async () => {
		const slug = await create();
		const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
		await save(slug, { revision: 1, plan: planOf("echo later"), saveId: second, unanswered: [first] });
		const late = await save(slug, { revision: 1, plan: planOf("echo earlier"), saveId: first });
		expect(late).toMatchObject({ status: "conflict", plan: planOf("echo later") });
	});

	test("keeps a plan with errors, and says what they are", async () => {
		const slug = await create();
		const saved = await save(slug, { revision: 1, plan: planOf("echo {{ steps.nowhere.output }}") });
		expect(saved).toMatchObject({ status: "saved", issues: [{ nodeId: "say", code: "unknown_reference" }] });
		expect(await draft(slug)).toMatchObject({ issues: [{ nodeId: "say" }] });
	});

	test("refuses what is no plan, or too much of one, and keeps what is there", async () => {
		const slug = await create();
		const node = { id: "say", type: "shell", name: "Say" };
		for (const plan of [undefined, null, "plan", [], {}, { version: 1 }, { version: 1, nodes: [{ id: "A b" }] }]) {
			await expect(save(slug, { revision: 1, plan })).rejects.toMatchObject({ code: "invalid" });
		}
		const nodes = Array.from({ length: 2_001 }, (_, n) => ({ ...node, id: `say_${n}` }));
		await expect(save(slug, { revision: 1, plan: { version: 1, nodes } })).rejects.toMatchObject({ code: "too_large" });
		const long = { version: 1, nodes: [{ ...node, config: { command: "x".repeat(2_000_001) } }] };
		await expect(save(slug, { revision: 1, plan: long })).rejects.toMatchObject({ code: "too_large" });
		expect(await draft(slug)).toMatchObject({ revision: 1, plan: { nodes: [] } });
	});

	test("asks for a whole revision", () => {
		for (const revision of [undefined, null, "1", 0, 1.5, -1]) {
			const input = { team: "acme", slug: "a", plan: {}, revision };
			expect(saveDraftInput.safeParse(input).success).toBe(false);
		}
	});
});

describe("a draft", () => {
	test("of a new workflow is empty and unpublished, and addresses never clash", async () => {
		const slugs = await Promise.all([1, 2, 3].map(() => create("Three times")));
		expect(slugs.sort()).toEqual(["three-times", "three-times-2", "three-times-3"]);
		expect(await draft("three-times")).toMatchObject({
			name: "Three times",
			revision: 1,
			version: null,
			isChanged: true,
			plan: { nodes: [] },
			savedBy: { name: "acme editor" },
		});
		expect(createBlankWorkflowInput.safeParse({ team: "acme", name: " " }).success).toBe(false);
	});

	test("is changed when it does something else than the published version, not when a node was moved", async () => {
		const slug = await create();
		await save(slug, { revision: 1, plan: planOf("echo one") });
		await publishWorkflow(editor(), { team: "acme", slug, revision: 2 });
		expect(await draft(slug)).toMatchObject({ version: 1, isChanged: false });

		await save(slug, { revision: 2, plan: planOf("echo one", { x: 40, y: 0 }) });
		expect(await draft(slug)).toMatchObject({ revision: 3, isChanged: false });

		await save(slug, { revision: 3, plan: planOf("echo two") });
		expect(await draft(slug)).toMatchObject({ revision: 4, isChanged: true });
	});

	test("tells the names of credentials to those who may know them", async () => {
		const slug = await create();
		expect(await getDraft(team.members.viewer, { team: "acme", slug })).toMatchObject({
			credentials: null,
			canEdit: false,
		});
		expect(await draft(slug)).toMatchObject({ credentials: [], canEdit: true });
	});

	test("gets the address of another name once, and is found by its former one", async () => {
		const slug = await create("Before");
		await renameWorkflow(editor(), { team: "acme", slug, name: "Afterwards", description: "What it does" });
		await renameWorkflow(editor(), { team: "acme", slug, name: "Afterwards" });
		const names = { slug: "afterwards", name: "Afterwards", description: "What it does" };
		expect(await draft(slug)).toMatchObject(names);
		expect(await audited("afterwards")).toEqual(["workflow.created", "workflow.renamed"]);
	});
});

describe("pinned data", () => {
	test("is kept with the draft until it is unpinned", async () => {
		const slug = await create();
		await pinOutput(editor(), { team: "acme", slug, node: "fetch", output: { body: "one" } });
		await pinOutput(editor(), { team: "acme", slug, node: "fetch", output: { body: "two \u0000" } });
		await pinOutput(editor(), { team: "acme", slug, node: "nothing", output: null });
		expect(await draft(slug)).toMatchObject({ pins: { fetch: { body: "two \uFFFD" }, nothing: null }, revision: 1 });
		await unpinOutput(editor(), { team: "acme", slug, node: "fetch" });
		expect((await draft(slug)).pins).toEqual({ nothing: null });
	});

	test("follows its step to another id and back, in the very save that renames it, and stays behind in no copy", async () => {
		const slug = await create();
		const say = shell("say", "echo {{ steps.say.output }}");
		const drawn = (...nodes: TestNode[]) => testPlan(nodes);
		await save(slug, { revision: 1, plan: drawn(say) });
		await pinOutput(editor(), { team: "acme", slug, node: "say", output: "said" });
		await pinOutput(editor(), { team: "acme", slug, node: "deleted", output: "long ago" });

		await save(slug, {
			revision: 2,
			plan: drawn({ ...say, id: "tell" }, { ...say, id: "copy", position: { x: 9, y: 9 } }),
		});
		expect((await draft(slug)).pins).toEqual({ tell: "said", deleted: "long ago" });

		const late = await save(slug, { revision: 2, plan: drawn({ ...say, id: "late" }) });
		expect(late).toMatchObject({ status: "conflict" });
		expect((await draft(slug)).pins).toEqual({ tell: "said", deleted: "long ago" });

		await save(slug, { revision: 3, plan: drawn({ ...say, id: "deleted" }) });
		expect((await draft(slug)).pins).toEqual({ deleted: "said", tell: "long ago" });
		await save(slug, { revision: 4, plan: drawn({ ...say, id: "tell" }) });
		expect((await draft(slug)).pins).toEqual({ tell: "said", deleted: "long ago" });
	});

	test("waits for its step to come back, as when its deletion is undone", async () => {
		const slug = await create();
		await save(slug, { revision: 1, plan: planOf("echo") });
		await pinOutput(editor(), { team: "acme", slug, node: "say", output: 1 });
		await save(slug, { revision: 2, plan: testPlan([]) });
		await save(slug, { revision: 3, plan: planOf("echo") });
		expect((await draft(slug)).pins).toEqual({ say: 1 });
	});

	test("takes 2 MB at most, whoever pins at the same moment", async () => {
		const slug = await create();
		const pins = Array.from({ length: 4 }, (_, n) =>
			pinOutput(editor(), { team: "acme", slug, node: `step_${n}`, output: "x".repeat(900_000) }),
		);
		const ended = await Promise.allSettled(pins);
		expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
		expect(ended.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "too_large" } });
		expect(Object.keys((await draft(slug)).pins)).toHaveLength(2);
	});
});

function editor() {
	return team.members.editor;
}

async function create(name = "Drawn"): Promise<string> {
	return (await createBlankWorkflow(editor(), { team: "acme", name })).slug;
}

type Save = Omit<Parameters<typeof saveDraft>[1], "team" | "slug">;

function save(slug: string, what: Save) {
	return saveDraft(editor(), { team: "acme", slug, ...what });
}

function draft(slug: string) {
	return getDraft(editor(), { team: "acme", slug });
}

function planOf(command: string, position = { x: 0, y: 0 }) {
	return testPlan([{ id: "say", name: "Say it", config: { command }, position }]);
}

async function audited(slug: string): Promise<string[]> {
	const rows = await database.sql<{ action: string }[]>`
		select a.action from audit_log a join workflows w on w.id = a.target_id where w.slug = ${slug} order by a.id`;
	return rows.map(({ action }) => action);
}
