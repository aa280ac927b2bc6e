import { describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { step, testPlan, transform } from "@/server/plan/test-plan";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { pauseRun } from "@/server/runs/verbs/pause-run";
import { resumeRun } from "@/server/runs/verbs/resume-run";
import type { Caller } from "@/server/teams/caller";
import { insertTeam, insertWorkflow, readEvents, readOutput, startPlan, startWorkflow, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();
const teamId = await insertTeam(database);
const owner = await join("owner", "olga@example.com");
const operator = await join("operator", "otto@example.com");

async function join(role: string, email: string): Promise<Caller> {
	const id = newId();
	await database.sql`insert into users (id, name, email) values (${id}, ${email}, ${email})`;
	await database.sql`insert into memberships (team_id, user_id, role) values (${teamId}, ${id}, ${role})`;
	return { database, actor: { kind: "user", id, name: email } };
}

/** A question, and what follows from either answer. */
function ship(config: object = {}) {
	const fields = [{ name: "reason", type: "text", required: true }];
	const question = { message: "Ship {{ inputs.tag }}?", fields, approvers: ["admin"], ...config };
	return testPlan(
		[step("ship", "approval", question), transform("yes", "return 'shipped'"), transform("no", "return 'kept'")],
		["ship.approved -> yes", "ship.declined -> no"],
		{ inputs: [{ name: "tag", type: "text" }] },
	);
}

const isWaiting = (nodeId: string) => (state: { steps: Readonly<Record<string, { phase: { status: string } }>> }) =>
	state.steps[nodeId]?.phase.status === "waiting";

describe("an approval", () => {
	const decide = (runId: string, values: Record<string, string>, decision: "approved" | "declined" = "approved") => ({
		team: teamId,
		runId,
		nodeId: "ship",
		iteration: "",
		decision,
		values,
	});

	test("waits for somebody who may decide, takes the exit and keeps who decided what", async () => {
		const runId = await startPlan(database, ship(), { teamId, input: { tag: "v2" } });
		const waiting = await untilRun(database, runId, isWaiting("ship"));
		expect(waiting.steps.ship?.phase).toMatchObject({ wait: { for: "approval", message: "Ship v2?" } });
		await expect(decideApproval(operator, decide(runId, { reason: "now" }))).rejects.toThrow(
			"Only admin may decide this.",
		);
		await expect(decideApproval(owner, decide(runId, {}))).rejects.toThrow("Some of the answers do not fit.");
		await decideApproval(owner, decide(runId, { reason: "tests are green" }));
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("completed");
		expect(ended.steps.no?.phase.status).toBe("skipped");
		expect(await readOutput(database, runId, "ship")).toMatchObject({
			decision: "approved",
			by: "olga@example.com",
			values: { reason: "tests are green" },
		});
	});

	test("is decided once, however often and by however many it is decided", async () => {
		const runId = await startPlan(database, ship(), { teamId, input: { tag: "v3" } });
		await untilRun(database, runId, isWaiting("ship"));
		const tries = await Promise.allSettled([
			decideApproval(owner, decide(runId, { reason: "a" })),
			decideApproval(owner, decide(runId, { reason: "b" }, "declined")),
			decideApproval(owner, decide(runId, { reason: "c" })),
		]);
		expect(tries.filter((entry) => entry.status === "fulfilled")).toHaveLength(1);
		await untilRun(database, runId);
		const events = await readEvents(database, runId);
		expect(events.filter((event) => event.type === "step.decided")).toHaveLength(1);
	});

	test("declines by itself when its time is over", async () => {
		const runId = await startPlan(database, ship({ message: "Now?", timeoutSeconds: 1 }), { teamId });
		const ended = await untilRun(database, runId);
		expect(ended.steps.no?.phase.status).toBe("completed");
		expect(await readOutput(database, runId, "ship")).toMatchObject({
			decision: "declined",
			by: null,
			values: { reason: null },
		});
	});
});

describe("a person", () => {
	const slow = testPlan(
		[
			{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.5 } },
			{ id: "after", type: "transform", name: "After", config: { code: "return 1" } },
		],
		["nap -> after"],
	);

	test("pauses a run, and nothing begins until it is resumed", async () => {
		const runId = await startPlan(database, slow, { teamId });
		await untilRun(database, runId, isWaiting("nap"));
		await pauseRun(operator, { team: teamId, runId });
		const held = await untilRun(database, runId, (state) => state.steps.nap?.phase.status === "completed");
		expect(held.phase.status).toBe("paused");
		await resumeRun(operator, { team: teamId, runId });
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("completed");
	});

	test("cancels a run: its processes end, its steps are cancelled, and the engine forgets it", async () => {
		const runId = await startPlan(
			database,
			testPlan([{ id: "long", name: "Long", config: { command: "sleep 300" } }]),
			{ teamId },
		);
		await untilRun(database, runId, (state) => state.steps.long?.phase.status === "running");
		await cancelRun(operator, { team: teamId, runId });
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("cancelled");
		expect(ended.steps.long?.phase.status).toBe("cancelled");
		await expect(cancelRun(operator, { team: teamId, runId })).rejects.toThrow("This run has ended already.");
	});

	test("cannot touch a run of another team", async () => {
		const runId = await startPlan(database, slow);
		await expect(cancelRun(owner, { team: teamId, runId })).rejects.toThrow("no such run");
		await expect(pauseRun(owner, { team: teamId, runId })).rejects.toThrow("no such run");
		await untilRun(database, runId);
	});
});

describe("a limit", () => {
	test("ends a run that takes longer than its plan allows", async () => {
		const runId = await startPlan(
			database,
			testPlan([{ id: "nap", type: "delay", name: "Nap", config: { seconds: 60 } }], [], {
				settings: { timeoutSeconds: 0.3 },
			}),
		);
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("timed_out");
		expect(ended.steps.nap?.phase.status).toBe("cancelled");
	});

	test("lets the runs of a workflow wait for each other", async () => {
		const plan = testPlan([{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.2 } }], [], {
			settings: { timeoutSeconds: 60, concurrency: { limit: 1, policy: "queue" } },
		});
		const workflowId = await insertWorkflow(database, teamId, plan);
		const start = () => startWorkflow(database, { teamId, workflowId, plan, concurrencyKey: "" });
		const started = await Promise.all([start(), start(), start()]);
		const times: { startedAt: number; endedAt: number }[] = [];
		for (const { runId } of started) {
			const { phase } = await untilRun(database, runId);
			if (phase.status === "completed") times.push(phase);
		}
		times.sort((a, b) => a.startedAt - b.startedAt);
		expect(times).toHaveLength(3);
		expect(times.slice(1).every((time, index) => time.startedAt >= (times[index]?.endedAt ?? 0))).toBe(true);
	});

	test("refuses a run where the workflow skips those beside another", async () => {
		const plan = testPlan([{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.3 } }], [], {
			settings: { timeoutSeconds: 60, concurrency: { limit: 1, policy: "skip" } },
		});
		const workflowId = await insertWorkflow(database, teamId, plan);
		const start = () => startWorkflow(database, { teamId, workflowId, plan, concurrencyKey: "" });
		const { runId } = await start();
		await expect(start()).rejects.toThrow("one run at a time");
		await untilRun(database, runId);
	});
});
