import { expect, test } from "vitest";
import { step, testPlan } from "@/server/plan/test-plan";
import type { Json } from "@/server/plan/values/json";
import { listLastOutputs } from "@/server/runs/read/list-last-outputs";
import { startDraftRun } from "@/server/runs/verbs/start-draft-run";
import { startRun } from "@/server/runs/verbs/start-run";
import { createTestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { pinOutput } from "@/server/workflows/pin-output";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { readOutput, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();
const team = await createTestTeam(database, "acme");

const plan = testPlan(
	[
		step("list", "transform", { code: "return ['real']" }),
		step("each", "for-each", { items: "{{ steps.list.output }}" }),
		step("inner", "transform", { code: "return input.item", input: { item: "{{ item }}" } }, { parent: "each" }),
		step("enough", "condition", { when: "size(steps.list.output) > 1" }),
		step("more", "transform", { code: "return input.list", input: { list: "{{ steps.list.output }}" } }),
		step("less", "transform", { code: "return 'less'" }),
	],
	["list -> each", "each -> enough", "enough.true -> more", "enough.false -> less"],
);

test("a test of the draft takes what is pinned, to the exit that it tells of, and runs the rest", async () => {
	const slug = await draw({
		list: ["pinned"],
		each: { results: [], failures: [], total: 0 },
		enough: { result: true },
	});
	const { steps } = await testDraft(slug);
	expect(steps).toMatchObject({
		more: { phase: { status: "completed" } },
		less: { phase: { status: "skipped" } },
	});
	expect(Object.keys(steps).filter((key) => key.startsWith("inner"))).toEqual([]);
	const { runId } = await startTest(slug);
	await untilRun(database, runId);
	expect(await readOutput(database, runId, "more")).toEqual(["pinned"]);
	expect(await readOutput(database, runId, "each")).toEqual({ results: [], failures: [], total: 0 });
});

test("what does not tell the exit is no end of a step: it runs", async () => {
	const slug = await draw({ list: ["a", "b"], enough: "whatever" });
	const { steps } = await testDraft(slug);
	expect(steps).toMatchObject({ more: { phase: { status: "completed" } } });
});

test("a published run knows nothing of it, and nobody takes it for what a step has put out", async () => {
	const slug = await draw({ list: ["pinned"] });
	await testDraft(slug);
	const before = await listLastOutputs(editor(), { team: "acme", slug });
	expect(Object.keys(before.steps)).not.toContain("list");
	await publishWorkflow(editor(), { team: "acme", slug, revision: 2 });
	const requestId = crypto.randomUUID();
	const { runId } = await startRun(editor(), { team: "acme", slug, input: {}, requestId });
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
	expect(await readOutput(database, runId, "list")).toEqual(["real"]);
});

function editor() {
	return team.members.editor;
}

test("a comment step that is pinned says nothing in the run that takes its pin; the others say it once", async () => {
	const saying = testPlan([step("pinned", "comment", { text: "old" }), step("fresh", "comment", { text: "new" })]);
	const slug = await draw({ pinned: { text: "old" } }, saying);
	const { runId } = await startTest(slug);
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
	const said = await database.sql`select node_id, text from run_comments where run_id = ${runId}`;
	expect(said).toEqual([{ node_id: "fresh", text: "new" }]);
});

async function draw(pins: Record<string, Json>, drawn = plan): Promise<string> {
	const { slug } = await createBlankWorkflow(editor(), { team: "acme", name: "Pinned" });
	await saveDraft(editor(), { team: "acme", slug, revision: 1, plan: drawn });
	for (const [node, output] of Object.entries(pins)) await pinOutput(editor(), { team: "acme", slug, node, output });
	return slug;
}

function startTest(slug: string) {
	return startDraftRun(editor(), { team: "acme", slug, revision: 2, input: {}, requestId: crypto.randomUUID() });
}

async function testDraft(slug: string) {
	const { runId } = await startTest(slug);
	const state = await untilRun(database, runId);
	expect(state.phase).toMatchObject({ status: "completed" });
	return state;
}
