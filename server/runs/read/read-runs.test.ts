import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { addComment } from "@/server/comments/add-comment";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { appendEvents } from "../store/append-events";
import { recordStep } from "../store/record-step";
import { insertTestRun } from "../test-run";
import { getRun } from "./get-run";
import { listRuns } from "./list-runs";
import { readLogs, readLogsInput } from "./read-logs";
import { readStep } from "./read-step";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const plan = testPlan(
	[
		{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2] }, position: { x: 20, y: 40 } },
		{ id: "say", name: "Say", parent: "each", config: { command: "echo" } },
		{ id: "last", type: "comment", name: "Last", config: { text: "done" } },
	],
	["each -> last"],
);

test("a run comes with the plan it executes and what it belongs to", async () => {
	const { slug, workflowId } = await insertTestRun(database, team.id, { plan });
	const run = await getRun(team.members.viewer, { team: "acme", slug, number: 1 });
	expect(run).toMatchObject({
		number: 1,
		plan,
		workflow: { id: workflowId, slug, name: "Tested", isArchived: false },
		teamName: "Team acme",
	});
	await expect(getRun(team.members.viewer, { team: "acme", slug, number: 2 })).rejects.toThrow("no run 2");
});

test("a run comes with how it stands, before any of its events is asked for", async () => {
	const mara = { kind: "user", id: "m", name: "Mara" } as const;
	const error = { message: "exit 7" };
	const ends = [
		["paused", { type: "run.paused", data: { actor: mara } }, { actor: mara }],
		["failed", { type: "run.failed", data: { error, nodeId: "last" } }, { error, nodeId: "last" }],
		["cancelled", { type: "run.cancelled", data: { actor: mara } }, { actor: mara }],
		["timed_out", { type: "run.timed_out", data: { limitSeconds: 60 } }, { limitSeconds: 60 }],
		["completed", { type: "run.completed", data: {} }, {}],
	] as const;
	for (const [status, event, said] of ends) {
		const { runId, slug } = await insertTestRun(database, team.id, { plan });
		await appendEvents(database.sql, runId, [event, { type: "step.cancelled", nodeId: "last", data: {} }]);
		const isEnded = status !== "paused";
		await database.sql`
			update runs set status = ${status}, ended_at = case when ${isEnded} then now() end where id = ${runId}`;
		const run = await getRun(team.members.viewer, { team: "acme", slug, number: 1 });
		expect(run.phase).toMatchObject({ status, startedAt: run.startedAt?.getTime(), ...said });
		expect(run.lastSeq).toBe(2);
	}
});

test("a run waits when all that is alive in it waits", async () => {
	const { runId, slug } = await insertTestRun(database, team.id, { plan });
	const shown = async () => (await getRun(team.members.viewer, { team: "acme", slug, number: 1 })).shownStatus;
	await addStep(runId, { nodeId: "each", iteration: "", status: "open" });
	await addStep(runId, { nodeId: "say", iteration: "0", status: "waiting" });
	await addStep(runId, { nodeId: "last", iteration: "", status: "running" });
	expect(await shown()).toBe("running");
	await database.sql`update run_steps set status = 'completed' where run_id = ${runId} and node_id = 'last'`;
	expect(await shown()).toBe("waiting");
});

test("a container counts as one step of a run in the list, however often its body ran, beside its comments", async () => {
	const { runId, slug } = await insertTestRun(database, team.id, { plan });
	await addStep(runId, { nodeId: "say", iteration: "0", status: "completed" });
	await addStep(runId, { nodeId: "say", iteration: "1", status: "completed" });
	await addStep(runId, { nodeId: "each", iteration: "", status: "completed" });
	await addStep(runId, { nodeId: "last", iteration: "", status: "skipped" });
	await addComment(team.members.viewer, { team: "acme", runId, nodeId: null, text: "Why so slow?" });
	const { items } = await listRuns(team.members.viewer, { team: "acme", slug, limit: 25 });
	const counted = { steps: { ran: 1, skipped: 1, total: 2 }, comments: 1 };
	expect(items).toMatchObject([{ number: 1, status: "running", ...counted }]);
});

test("runs are read page by page, newest first, each once", async () => {
	const { slug, workflowId } = await insertTestRun(database, team.id, { plan, ended: true });
	await database.sql`
		insert into runs (id, team_id, workflow_id, number, plan_hash, status, actor, trigger, payload, input)
		select id || n, team_id, workflow_id, n, plan_hash, 'queued', actor, trigger, payload, input
		from runs, generate_series(2, 7) n where workflow_id = ${workflowId} and number = 1`;
	const page = (before?: number) => listRuns(team.members.viewer, { team: "acme", slug, limit: 3, before });
	const one = await page();
	const two = await page(one.next);
	const three = await page(two.next);
	expect([one, two, three].map(({ items }) => items.map(({ number }) => number))).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
	expect(three.next).toBeUndefined();
});

test("a step's input and output can be read for each iteration, and null before it begins", async () => {
	const { runId } = await insertTestRun(database, team.id, { plan });
	await addStep(runId, { nodeId: "say", iteration: "1", status: "completed", output: { stdout: "two" } });
	const read = (iteration: string) => readStep(team.members.viewer, { team: "acme", runId, nodeId: "say", iteration });
	expect(await read("1")).toEqual({ input: null, output: { stdout: "two" }, port: null });
	expect(await read("0")).toBeNull();
});

test("what a step put out keeps the order of its keys", async () => {
	const { runId } = await insertTestRun(database, team.id, { plan });
	await addStep(runId, { nodeId: "last", iteration: "", status: "open" });
	const output = { zone: "eu", id: 7, nested: { longer: 1, b: 2, a: 3 } };
	await recordStep(database.sql, {
		runId,
		nodeId: "last",
		iteration: "",
		from: { status: "open" },
		to: { status: "completed", port: "out", output },
		input: { text: "x", at: "y" },
		events: [],
		usage: [],
	});
	const step = await readStep(team.members.viewer, { team: "acme", runId, nodeId: "last", iteration: "" });
	expect(JSON.stringify(step?.output)).toBe(JSON.stringify(output));
	expect(JSON.stringify(step?.input)).toBe('{"text":"x","at":"y"}');
});

test("a step's log is read from its end, back and on, without other steps' lines", async () => {
	const { runId } = await insertTestRun(database, team.id, { plan });
	for (let line = 1; line <= 6; line += 1) {
		await appendEvents(database.sql, runId, [
			{
				type: "step.log",
				nodeId: "say",
				iteration: "0",
				data: { lines: [{ at: line, level: "stdout", text: `line ${line}` }] },
			},
			{
				type: "step.log",
				nodeId: "say",
				iteration: "1",
				data: { lines: [{ at: line, level: "stdout", text: "another" }] },
			},
		]);
	}
	const read = async (place: { after?: number; before?: number; limit: number }) => {
		const input = readLogsInput.parse({ team: "acme", runId, nodeId: "say", iteration: "0", ...place });
		const { events, more } = await readLogs(team.members.viewer, input);
		return { seqs: events.map(({ seq }) => seq), more };
	};
	expect(await read({ limit: 2 })).toEqual({ seqs: [9, 11], more: true });
	expect(await read({ limit: 3, before: 9 })).toEqual({ seqs: [3, 5, 7], more: true });
	expect(await read({ limit: 3, before: 3 })).toEqual({ seqs: [1], more: false });
	expect(await read({ limit: 4, after: 5 })).toEqual({ seqs: [7, 9, 11], more: false });
	expect(await read({ limit: 2, after: 0 })).toEqual({ seqs: [1, 3], more: true });
	const all = await readLogs(team.members.viewer, readLogsInput.parse({ team: "acme", runId, limit: 3 }));
	expect(all.events.map(({ seq, iteration }) => ({ seq, iteration }))).toEqual([
		{ seq: 10, iteration: "1" },
		{ seq: 11, iteration: "0" },
		{ seq: 12, iteration: "1" },
	]);
});

interface Step {
	nodeId: string;
	iteration: string;
	status: string;
	output?: Record<string, string>;
}

async function addStep(runId: string, { nodeId, iteration, status, output = {} }: Step): Promise<void> {
	await database.sql`
		insert into run_steps (run_id, node_id, iteration, status, output)
		values (${runId}, ${nodeId}, ${iteration}, ${status}, ${database.sql.json(output)})`;
}
