import { expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { lookUpMentions } from "@/server/comments/look-up-mentions";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import { walkRun } from "@/server/execution/walk-run";
import type { Plan } from "@/server/plan/plan";
import { step, testPlan } from "@/server/plan/test-plan";
import { createTestTeam } from "@/server/teams/test-team";
import { type Crash, createCrashingSql } from "./crashing-sql";
import { insertWorkflow, startWorkflow } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker: base } = await setUpServices();
const { id: teamId, members } = await createTestTeam(database, "acme");

async function start(plan: Plan): Promise<string> {
	const workflowId = await insertWorkflow(database, teamId, plan);
	await database.sql`update workflow_versions set published_by = ${members.editor.userId} where workflow_id = ${workflowId}`;
	return (await startWorkflow(database, { teamId, workflowId, plan })).runId;
}

/** Walks a run with a worker of its own until it waits or ends, or until the worker dies; returns the statements it took. */
async function walk(runId: string, crash?: Crash) {
	const { sql, crashed, settled, count } = createCrashingSql(database.sql, crash);
	const cache = createRunCache(sql, openTestTeamKey);
	const slots = { slots: createFairSlots(4), cpuSlots: createFairSlots(2) };
	const walked = walkRun({ ...base.services, ...slots, worker: newId(), sql, cache }, runId);
	await Promise.race([walked, crashed]);
	await settled();
	return count();
}

/** What each run has said, to whom, and how often: runs of the plan each lose their worker at another statement. */
async function tellThroughCrashes(plan: Plan, read = readTold): Promise<string[][]> {
	const statements = await walk(await start(plan));
	const crashes = Array.from({ length: statements }, (_, index) => index + 1).flatMap((statement) => [
		{ statement, when: "before" as const },
		{ statement, when: "after" as const },
	]);
	return await Promise.all(
		crashes.map(async (crash) => {
			const runId = await start(plan);
			await walk(runId, crash);
			await walk(runId);
			return await read(runId);
		}),
	);
}

async function readTold(runId: string): Promise<string[]> {
	const rows = await database.sql<{ told: string }[]>`
		select concat(n.kind, ' ', u.email, ' ', n.count) as told from notifications n join users u on u.id = n.user_id
		where n.run_id = ${runId} order by told`;
	return rows.map(({ told }) => told);
}

test("an approval whose worker dies anywhere tells each who may decide it once", async () => {
	const ask = { id: "ask", type: "approval", name: "Ask", config: { message: "Ship it?", approvers: ["admin"] } };
	const told = await tellThroughCrashes(testPlan([ask]));
	expect(told.length).toBeGreaterThan(2);
	expect(told).toEqual(told.map(() => ["approval admin@acme.example 1", "approval owner@acme.example 1"]));
});

test("a failed run whose worker dies anywhere tells once whoever published its workflow", async () => {
	const fails = { id: "no", type: "transform", name: "No", config: { code: "throw new Error('no')", input: {} } };
	const told = await tellThroughCrashes(testPlan([fails]));
	expect(told.length).toBeGreaterThan(2);
	expect(told).toEqual(told.map(() => ["run-failed editor@acme.example 1"]));
});

/** What stands among the comments of a run, and in its log. */
async function readSaid(runId: string): Promise<string[]> {
	const rows = await database.sql<{ said: string }[]>`
		select concat('comment ', node_id, ' ', text) as said from run_comments where run_id = ${runId}
		union all select concat('event ', node_id, ' ', iteration, ' ', data->>'text') from run_events
		where run_id = ${runId} and type = 'step.comment' order by said`;
	return rows.map(({ said }) => said);
}

const SAYING = testPlan(
	[
		step("first", "comment", { text: "Begun, @acme editor" }),
		step("each", "for-each", { items: ["a", "b"] }),
		step("tell", "comment", { text: "Done with {{ item }}" }, { parent: "each" }),
		step("last", "comment", { text: "All done" }),
	],
	["first -> each", "each -> last"],
);
const SAID = [
	...["comment first Begun, @acme editor", "comment last All done"],
	...["comment tell Done with a", "comment tell Done with b"],
	...["event first  Begun, @acme editor", "event last  All done"],
	...["event tell 0 Done with a", "event tell 1 Done with b"],
];

test("comment steps whose worker dies anywhere say it once, in each turn of a container", async () => {
	const said = await tellThroughCrashes(SAYING, readSaid);
	expect(said.length).toBeGreaterThan(2);
	expect(said).toEqual(said.map(() => SAID));
});

test("comment steps that several workers walk at once say it once, and mention people once", async () => {
	const runId = await start(SAYING);
	await Promise.all([1, 2, 3].map(() => walk(runId)));
	await walk(runId);
	expect(await readSaid(runId)).toEqual(SAID);
	await Promise.all([1, 2, 3].map(() => lookUpMentions(database.sql)));
	expect(await readTold(runId)).toEqual(["mention editor@acme.example 1"]);
});
