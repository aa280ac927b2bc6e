import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shell, step, testPlan, transform } from "@/server/plan/test-plan";
import type { RunState } from "@/server/runs/state";
import { readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database, worker } = await setUpWorker({ secrets: { TOKEN: "hunter2-hunter2" } });

const state = (id: string, key: string, value: unknown) => step(id, "state", { action: "set", key, value });
const condition = (id: string, when: string) => step(id, "condition", { when });

describe("a run", () => {
	test("walks a line of steps, and each sees what the ones before put out", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					transform("greet", "return 'Hello ' + input.who", { who: "{{ inputs.who }}" }),
					transform("shout", "return input.text.toUpperCase()", { text: "{{ steps.greet.output }}" }),
					{ id: "answer", type: "output", name: "Answer", config: { fields: { text: "{{ steps.shout.output }}" } } },
				],
				["greet -> shout", "shout -> answer"],
				{ inputs: [{ name: "who", type: "text" }] },
			),
			{ input: { who: "Ada" } },
		);
		const ended = await untilRun(database, runId);
		expect(ended.phase).toMatchObject({ status: "completed", output: { text: "HELLO ADA" } });
		const events = await readEvents(database, runId);
		expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
	});

	test("hands on texts and names that no database keeps as they are recorded", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					transform("strange", "return { ['a' + String.fromCharCode(0)]: ['b' + String.fromCharCode(0xd800)] }"),
					transform("read", "return Object.entries(input.value)", { value: "{{ steps.strange.output }}" }),
				],
				["strange -> read"],
			),
		);
		expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
		expect(await readOutput(database, runId, "strange")).toEqual({ "a\uFFFD": ["b\uFFFD"] });
		expect(await readOutput(database, runId, "read")).toEqual([["a\uFFFD", ["b\uFFFD"]]]);
	});

	test("takes one exit of a condition and skips what hangs on the other", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					condition("big", "1 > 2"),
					transform("yes", "return 1"),
					transform("no", "return 2"),
					transform("after", "return 3"),
				],
				["big.true -> yes", "big.false -> no", "yes -> after", "no -> after"],
			),
		);
		const { steps } = await untilRun(database, runId);
		expect(Object.values(steps).map((step) => [step.nodeId, step.phase.status])).toEqual(
			expect.arrayContaining([
				["yes", "skipped"],
				["no", "completed"],
				["after", "completed"],
			]),
		);
	});

	test("fails with the error of the step that stopped it, and a step that continues does not stop it", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					transform("shrug", "throw new Error('never mind')", {}, { onFailure: "continue" }),
					transform("stop", "throw new Error('this one counts')"),
					transform("never", "return 1"),
				],
				["shrug -> stop", "stop -> never"],
			),
		);
		const ended = await untilRun(database, runId);
		expect(ended.phase).toMatchObject({ status: "failed", nodeId: "stop" });
		expect(JSON.stringify(ended.phase)).toContain("this one counts");
		expect(ended.steps.never?.phase.status).toBe("not_reached");
	});

	const chain = (beside: string) => [
		{ from: "one", to: "two" },
		{ from: "two", to: "three" },
		{ from: "three", to: "join" },
		{ from: beside, to: "join" },
	];

	test("lets no branch wait for another", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					shell("slow", "until [ -e over ]; do sleep 0.05; done"),
					...[shell("one", "true"), shell("two", "true"), shell("three", "touch over"), shell("join", "true")],
				],
				chain("slow"),
			),
		);
		const { steps, phase } = await untilRun(database, runId);
		expect(phase.status).toBe("completed");
		expect(Object.values(steps).map((step) => step.attempts.length)).toEqual([1, 1, 1, 1, 1]);
	});

	test("lets no branch wait for another where a person is waited for beside them", async () => {
		const ask = { id: "ask", type: "approval", name: "Ask", config: { message: "Go on?" } };
		const nodes = [ask, ...["one", "two", "three", "join"].map((id) => shell(id, "true"))];
		const runId = await startPlan(database, testPlan(nodes, chain("ask")));
		const statusOf = ({ steps }: RunState, id: string) => steps[id]?.phase.status;
		const state = await untilRun(
			database,
			runId,
			(state) => statusOf(state, "three") === "completed" && statusOf(state, "ask") === "waiting",
		);
		expect(statusOf(state, "join")).toBeUndefined();
	});

	test("runs a for-each several items at a time and keeps the results in order", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[
					{ id: "each", type: "for-each", name: "Each", config: { items: [3, 1, 2], parallel: 3 } },
					transform("double", "return input.n * 2", { n: "{{ item }}" }, { parent: "each" }),
					transform("next", "return input.i", { i: "{{ iteration.index }}" }, { parent: "each" }),
				],
				["double -> next"],
			),
		);
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("completed");
		expect(await readOutput(database, runId, "each")).toMatchObject({ results: [0, 1, 2], failures: [], total: 3 });
		expect(await readOutput(database, runId, "double", "0")).toBe(6);
		expect(ended.steps.each?.iterations).toMatchObject({ begun: 3, total: 3, labels: ["3", "1", "2"] });
	});

	test("repeats a loop until its condition is true, handing variables on", async () => {
		const runId = await startPlan(
			database,
			testPlan([
				{
					id: "count",
					type: "loop",
					name: "Count",
					config: {
						maxIterations: 10,
						stopWhen: "steps.add.output >= 3",
						vars: { sum: 0 },
						next: { sum: "{{ steps.add.output }}" },
					},
				},
				transform("add", "return input.sum + 1", { sum: "{{ vars.sum }}" }, { parent: "count" }),
			]),
		);
		await untilRun(database, runId);
		expect(await readOutput(database, runId, "count")).toMatchObject({
			iterations: 3,
			exhausted: false,
			vars: { sum: 3 },
			last: { add: { output: 3 } },
		});
	});

	test("waits for a delay without holding anything", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.3 } }, transform("after", "return 1")],
				["nap -> after"],
			),
		);
		const { steps, phase } = await untilRun(database, runId);
		expect(phase.status).toBe("completed");
		expect(steps.nap?.phase.status).toBe("completed");
	});

	test("tries a failing step again by its policy, and the attempts are kept", async () => {
		const retry = { maxAttempts: 3, backoff: "fixed", delaySeconds: 0.05, jitter: false };
		const runId = await startPlan(
			database,
			testPlan([{ id: "flaky", name: "Flaky", config: { command: "exit 3" }, retry }]),
		);
		const { steps, phase } = await untilRun(database, runId);
		expect(phase.status).toBe("failed");
		expect(steps.flaky?.attempts.map((attempt) => attempt.number)).toEqual([1, 2, 3]);
	});

	test("shows what goes into a step while it still runs", async () => {
		const command = "echo {{ inputs.who }}; until [ -e go ]; do sleep 0.05; done";
		const nodes = [{ id: "slow", type: "shell", name: "Slow", config: { command }, timeoutSeconds: 20 }];
		const inputs = [{ name: "who", type: "text" }];
		const runId = await startPlan(database, testPlan(nodes, [], { inputs }), { input: { who: "Ada" } });
		await expect
			.poll(async () => {
				const [row] =
					await database.sql`select status, input->>'command' as command from run_steps where run_id = ${runId}`;
				return { ...row };
			})
			.toEqual({ status: "running", command: command.replace("{{ inputs.who }}", "Ada") });
		const { directory } = await worker.services.runner.acquire(runId);
		await writeFile(join(directory, "go"), "");
		expect((await untilRun(database, runId)).phase.status).toBe("completed");
	});

	test("shares variables between its steps", async () => {
		const runId = await startPlan(
			database,
			testPlan(
				[state("keep", "color", "red"), transform("read", "return input.c", { c: "{{ state.color }}" })],
				["keep -> read"],
			),
		);
		await untilRun(database, runId);
		expect(await readOutput(database, runId, "read")).toBe("red");
	});

	test("keeps secrets out of its events, its records and the engine", async () => {
		const runId = await startPlan(
			database,
			testPlan([transform("use", "console.log('got ' + input.t); return input.t", { t: "{{ secrets.TOKEN }}" })]),
		);
		const ended = await untilRun(database, runId);
		expect(ended.phase.status).toBe("completed");
		const stored = await database.sql`
			select (select json_agg(e)::text from run_events e) as events, (select json_agg(s)::text from run_steps s) as steps`;
		expect(JSON.stringify(stored)).toContain("got •••");
		expect(JSON.stringify(stored)).not.toContain("hunter2");
	});
});
