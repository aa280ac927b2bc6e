import { describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { testPlan } from "@/server/plan/test-plan";
import type { RunState } from "@/server/runs/state";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { insertTeam, readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

vi.mock("@/server/nodes/catalog", async (importOriginal) => {
	const { addDefinitions } = await import("@/server/nodes/new-types.fixture");
	return addDefinitions(await importOriginal<typeof import("@/server/nodes/catalog")>());
});
vi.mock("@/server/nodes/executors", async (importOriginal) => {
	const { addExecutors } = await import("@/server/nodes/new-types.fixture");
	return addExecutors(await importOriginal<typeof import("@/server/nodes/executors")>());
});

const { database } = await setUpWorker();

/** How a step ended, and by which port. */
function endOf({ steps }: RunState, id: string) {
	const phase = steps[id]?.phase;
	return phase && [phase.status, "port" in phase ? phase.port : undefined];
}

test("a new type of step leaves by the port that its output leads to", async () => {
	const runId = await startPlan(
		database,
		testPlan(
			[
				{
					id: "tally",
					type: "tally",
					name: "Tally",
					config: { count: "{{ inputs.count }}", limit: "at-most", most: 2 },
				},
				{ id: "calm", type: "comment", name: "Calm", config: { text: "Fine." } },
				{ id: "alarm", type: "comment", name: "Alarm", config: { text: "Over: {{ steps.tally.output.over }}" } },
			],
			["tally.within -> calm", "tally.over -> alarm"],
			{ inputs: [{ name: "count", type: "number" }] },
		),
		{ input: { count: 3 } },
	);
	const state = await untilRun(database, runId);
	expect(state.phase.status).toBe("completed");
	expect(endOf(state, "tally")).toEqual(["completed", "over"]);
	expect(endOf(state, "calm")).toEqual(["skipped", undefined]);
	expect(await readOutput(database, runId, "alarm")).toEqual({ text: "Over: true" });
});

test("a new type of container runs its body for its own items, and hands on what it makes of them", async () => {
	const runId = await startPlan(
		database,
		testPlan([
			{ id: "batch", type: "batch", name: "Batch", config: { size: 3 } },
			{
				id: "inside",
				type: "tally",
				name: "Inside",
				parent: "batch",
				config: { count: "{{ item }}", limit: "at-most", most: 2 },
			},
		]),
	);
	const state = await untilRun(database, runId);
	expect(endOf(state, "batch")).toEqual(["completed", "out"]);
	expect(state.steps.batch?.iterations).toMatchObject({ begun: 3, total: 3, labels: ["1", "2", "3"] });
	const done = [{ over: false }, { over: false }, { over: true }];
	expect(await readOutput(database, runId, "batch")).toEqual({ done });
});

describe("a new type of wait", () => {
	const ask = (seconds: number) =>
		testPlan(
			[
				{ id: "ask", type: "question", name: "Ask", config: { text: "Well?", seconds } },
				{ id: "fine", type: "comment", name: "Fine", config: { text: "Fine." } },
				{ id: "then", type: "comment", name: "Then", config: { text: "No word." } },
			],
			["ask.yes -> fine", "ask.silence -> then"],
		);

	test("is woken by the decision of a person", async () => {
		const teamId = await insertTeam(database);
		const id = newId();
		await database.sql`insert into users (id, name, email) values (${id}, 'Olga', 'olga@example.com')`;
		await database.sql`insert into memberships (team_id, user_id, role) values (${teamId}, ${id}, 'owner')`;
		const runId = await startPlan(database, ask(3_600), { teamId });
		const waiting = await untilRun(database, runId, ({ steps }) => steps.ask?.phase.status === "waiting");
		expect(waiting.steps.ask?.phase).toMatchObject({ wait: { for: "approval", message: "Well?" } });
		const caller = { database, actor: { kind: "user" as const, id, name: "Olga" } };
		const decision = { decision: "approved" as const, values: {} };
		await decideApproval(caller, { team: teamId, runId, nodeId: "ask", iteration: "", ...decision });
		const state = await untilRun(database, runId);
		expect(endOf(state, "ask")).toEqual(["completed", "yes"]);
		expect(endOf(state, "fine")).toEqual(["completed", "out"]);
	});

	test("goes on without one when its time is over", async () => {
		const runId = await startPlan(database, ask(0.01));
		const state = await untilRun(database, runId);
		expect(endOf(state, "ask")).toEqual(["completed", "silence"]);
		expect(endOf(state, "then")).toEqual(["completed", "out"]);
		expect(await readOutput(database, runId, "ask")).toEqual({ answer: "silence" });
	});
});
