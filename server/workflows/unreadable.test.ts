import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plans, workflows } from "@/db/schema/workflows";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import type { NewRunEvent } from "@/server/runs/events";
import { getRun } from "@/server/runs/read/get-run";
import { listRuns } from "@/server/runs/read/list-runs";
import { readLogs } from "@/server/runs/read/read-logs";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { watchRuns } from "@/server/runs/watch/watch-runs";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { getDraft } from "./get-draft";
import { getVersion } from "./get-version";
import { listVersions } from "./list-versions";
import { listWorkflows } from "./list-workflows";
import { pinOutput } from "./pin-output";
import { publishWorkflow } from "./publish-workflow";
import { restoreVersion } from "./restore-version";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const node = { id: "a", type: "transform", name: "A", config: { code: "return 1", input: { "a\0b": 1, "\ud800": 1 } } };
const unreadable = {
	"a plan of a later version": { version: 2, nodes: [] },
	"no plan": { version: 1 },
	null: [],
};

describe.each(Object.entries(unreadable))("%s", (_, plan) => {
	test("as a draft is shown as such, and takes no other workflow along", async () => {
		const { slug } = await insertTestRun(database, team.id);
		const broken = await insertTestRun(database, team.id);
		await storeDraft(broken.slug, plan);
		const list = await listWorkflows(editor(), { team: "acme", archived: false });
		expect(list.find((row) => row.slug === broken.slug)).toMatchObject({
			name: "Tested",
			unreadable: expect.stringMatching(/^This workflow cannot be read\. .+(Update Weft|Restore it)/),
		});
		expect(list.find((row) => row.slug === slug)).toMatchObject({ unreadable: null });
		await expect(getDraft(editor(), { team: "acme", slug: broken.slug })).rejects.toMatchObject({
			code: "conflict",
			message: expect.stringMatching(/^This workflow cannot be read\./),
		});
	});

	test("as a run's plan leaves the list of runs and of versions whole", async () => {
		const { slug } = await insertTestRun(database, team.id, { ended: true });
		await publishWorkflow(editor(), { team: "acme", slug, revision: 1 });
		const { planHash } = (await listVersions(editor(), { team: "acme", slug, limit: 10 })).items[0] ?? { planHash: "" };
		await database.db.insert(plans).values({ teamId: team.id, hash: `broken ${slug}`, plan });
		await database.sql`update runs set plan_hash = ${`broken ${slug}`} where workflow_id = ${slug}`;
		expect((await listRuns(editor(), { team: "acme", slug, limit: 10 })).items).toMatchObject([{ number: 1 }]);
		await expect(getRun(editor(), { team: "acme", slug, number: 1 })).rejects.toMatchObject({
			code: "conflict",
			message: expect.stringMatching(/^This run cannot be read\./),
		});
		await database.sql`update workflow_versions set plan_hash = ${`broken ${slug}`} where workflow_id = ${slug}`;
		expect((await listVersions(editor(), { team: "acme", slug, limit: 10 })).items).toHaveLength(1);
		await expect(getVersion(editor(), { team: "acme", slug, version: 1 })).rejects.toThrow("Version 1 cannot be read.");
		expect(planHash).not.toBe("");
	});

	test("gives way to a version that is restored, with what is pinned", async () => {
		const { slug } = await insertTestRun(database, team.id);
		await publishWorkflow(editor(), { team: "acme", slug, revision: 1 });
		await pinOutput(editor(), { team: "acme", slug, node: "a", output: 1 });
		await storeDraft(slug, plan);
		const restored = await restoreVersion(editor(), { team: "acme", slug, version: 1, revision: 1 });
		expect(restored).toMatchObject({ status: "saved", revision: 2 });
		expect(await getDraft(editor(), { team: "acme", slug })).toMatchObject({ revision: 2, pins: { a: 1 } });
	});
});

test("a plan that was stored with names of NUL and half characters can be seen, listed and corrected", async () => {
	const { slug } = await insertTestRun(database, team.id, { ended: true });
	await storeDraft(slug, testPlan([node]));
	const listed = await listWorkflows(editor(), { team: "acme", archived: false });
	expect(listed.find((row) => row.slug === slug)).toMatchObject({ triggers: ["manual"], unreadable: null });
	expect((await getDraft(editor(), { team: "acme", slug })).plan.nodes).toMatchObject([node]);
});

test("a recorded event that cannot be read keeps its place among the others", async () => {
	const { runId } = await insertTestRun(database, team.id);
	const log: NewRunEvent = {
		type: "step.log",
		nodeId: "a",
		data: { lines: [{ at: 1, level: "info", text: "hello" }] },
	};
	await appendEvents(database.sql, runId, [log, log, log, { type: "run.started", data: {} }]);
	await database.sql`update run_events set data = '{"lines": 3}' where run_id = ${runId} and seq = 2`;
	await database.sql`update run_events set type = 'run.of-tomorrow' where run_id = ${runId} and seq = 4`;

	const page = await readLogs(editor(), { team: "acme", runId, nodeId: "a", iteration: "", limit: 10 });
	expect(page.events.map((event) => event.type === "step.log" && event.data.lines[0]?.text)).toEqual([
		"hello",
		"This part of the log cannot be read. Update Weft to see it.",
		"hello",
	]);
	const watch = watchRuns(
		editor(),
		{ team: "acme", runs: [{ id: runId, after: 0 }] },
		{ signal: AbortSignal.timeout(9_000) },
	);
	const { value } = await watch.next();
	expect(value?.events.map(({ seq, type }) => [seq, type])).toEqual([
		[1, "step.log"],
		[2, "step.log"],
		[3, "step.log"],
		[4, "run.unreadable"],
	]);
	await watch.return();
});

function editor() {
	return team.members.editor;
}

async function storeDraft(slug: string, plan: unknown): Promise<void> {
	await database.db.update(workflows).set({ draft: plan }).where(eq(workflows.slug, slug));
}
