import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { closeContainer } from "@/server/execution/containers/close-container";
import { loadRecords } from "@/server/execution/run-records";
import { executeStep } from "@/server/execution/step/execute-step";
import type { StepCall } from "@/server/execution/step/with-claim";
import { wakeStep } from "@/server/execution/waiting/wake-step";
import { walkRun } from "@/server/execution/walk-run";
import { executorOf } from "@/server/nodes/executors";
import { shell, step, testPlan } from "@/server/plan/test-plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { beginRun } from "@/server/runs/store/begin-run";
import { endRun } from "@/server/runs/store/end-run";
import { recordStep } from "@/server/runs/store/record-step";
import { startLiveness } from "@/server/runs/workers/worker-liveness";
import { readEvents, startPlan } from "./test-runs";
import { claimOne, stepCall } from "./test-steps";
import { startTestServices, type TestWorker } from "./test-worker";

let database: TestDatabase;
let first: TestWorker;
let second: TestWorker;
beforeAll(async () => {
	database = await createTestDatabase();
	first = await startTestServices(database);
	second = await startTestServices(database);
});
afterAll(async () => {
	await Promise.all([first.stop(), second.stop()]);
	await database.drop();
});

/** A run that no engine drives: the test delivers its steps itself. */
async function beginShell(command: string, more: object = {}): Promise<StepCall> {
	const runId = await startPlan(database, testPlan([shell("effect", command, more)]));
	await beginRun(database.sql, runId);
	const run = await first.services.cache.loadRun(runId);
	if (run === undefined) throw new Error("The run was not stored.");
	return stepCall(first.services, run, "effect");
}

const claim = (call: StepCall, worker: string) =>
	claimOne(database.sql, { runId: call.run.id, nodeId: call.nodeId, iteration: call.iteration, worker });

describe("a step that the engine delivers twice at once", () => {
	test("happens once on one worker, and both deliveries get its answer", async () => {
		const call = await beginShell('sleep 0.2; echo "token=$RANDOM" >> "$WEFT_OUTPUT"');
		const answers = await Promise.all([executeStep(first.services, call), executeStep(first.services, call)]);
		expect(answers).toEqual([
			{ status: "completed", port: "out" },
			{ status: "completed", port: "out" },
		]);
		const events = await readEvents(database, call.run.id);
		expect(events.filter((event) => event.type === "step.started")).toHaveLength(1);
	});

	test("happens once on two workers, and both get its answer", async () => {
		const call = await beginShell("sleep 0.3");
		const answers = await Promise.all([executeStep(first.services, call), executeStep(second.services, call)]);
		expect(answers.map((answer) => answer.status)).toEqual(["completed", "completed"]);
		const events = await readEvents(database, call.run.id);
		expect(events.filter((event) => event.type === "step.started")).toHaveLength(1);
		expect(events.filter((event) => event.type === "step.completed")).toHaveLength(1);
	});

	test("is answered from its record when it was done before", async () => {
		const call = await beginShell("true");
		await executeStep(first.services, call);
		expect(await executeStep(second.services, call)).toEqual({ status: "completed", port: "out" });
		expect((await readEvents(database, call.run.id)).filter((event) => event.type === "step.started")).toHaveLength(1);
	});
});

test("steps that may have killed their workers are claimed and executed one at a time", async () => {
	const nodes = ["a", "b"].map((id) => ({ id, type: "shell", name: id, config: { command: "sleep 0.1" } }));
	const runId = await startPlan(database, testPlan(nodes));
	await beginRun(database.sql, runId);
	await database.sql`
		insert into run_steps (run_id, node_id, status, attempt, claim, lost, retry_at)
		select ${runId}, id, 'retrying', 2, 2, 2, now() from unnest(array['a', 'b']) as id`;
	expect(await walkRun(first.services, runId)).toEqual({ status: "ended" });
	const events = await readEvents(database, runId);
	expect(events.filter(({ type }) => /started|completed/.test(type)).map(({ type }) => type)).toEqual([
		"run.started",
		...["step.started", "step.completed", "step.started", "step.completed"],
		"run.completed",
	]);
});

describe("a claim", () => {
	test("of a dead worker is taken over at once, and the lost attempt counts", async () => {
		const call = await beginShell("true");
		const dying = await startLiveness(database.url, { id: "dying", engine: "test", onError: () => {} });
		await claim(call, "dying");
		await dying.stop();
		expect(await executeStep(first.services, call)).toEqual({ status: "completed", port: "out" });
		const events = await readEvents(database, call.run.id);
		expect(events.flatMap((event) => (event.type === "step.started" ? [event.data.attempt] : []))).toEqual([1, 2]);
		expect(events.find((event) => event.type === "step.retrying")?.data).toMatchObject({
			error: { code: "worker_lost" },
		});
	});

	test("that was lost makes its late result worth nothing", async () => {
		const call = await beginShell("true");
		const dying = await startLiveness(database.url, { id: "late", engine: "test", onError: () => {} });
		const held = await claim(call, "late");
		await dying.stop();
		await executeStep(first.services, call);
		const accepted = await recordStep(database.sql, {
			runId: call.run.id,
			nodeId: "effect",
			iteration: "",
			from: { status: "running", worker: "late", claim: held.kind === "claimed" ? held.claim : 0 },
			to: { status: "completed", port: "out", output: "late" },
			usage: [],
			events: [],
		});
		expect(accepted).toBe(false);
	});

	test("is refused once the run has ended", async () => {
		const call = await beginShell("true");
		await endRun(database.sql, call.run.id, { end: { status: "failed", error: { message: "Over." } } });
		expect(await executeStep(first.services, call)).toEqual({ status: "stopped" });
	});

	test("of a step in which workers keep dying ends the step instead of looping for ever", async () => {
		const call = await beginShell("true");
		for (const id of ["one", "two", "three"]) {
			const dying = await startLiveness(database.url, { id, engine: "test", onError: () => {} });
			for (let answer = await claim(call, id); answer.kind === "owned"; answer = await claim(call, id)) {
				await database.sql`
					update run_steps set owner = null, status = 'retrying', retry_at = now(), lost = lost + 1
					where run_id = ${call.run.id}`;
			}
			await dying.stop();
		}
		expect(await executeStep(first.services, call)).toEqual({ status: "failed" });
	});

	test("is asked for by many at once and given to one", async () => {
		const call = await beginShell("true");
		const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(call, `worker-${index}`)));
		expect(answers.filter((answer) => answer.kind === "claimed")).toHaveLength(1);
	});
});

test("a container and a wait that another worker has ended meanwhile answer as it recorded them", async () => {
	const ask = { id: "ask", type: "approval", name: "Ask", config: { message: "Ship it?" } };
	const each = step("each", "for-each", { items: ["a"] });
	const runId = await startPlan(database, testPlan([each, shell("in", "true", { parent: "each" }), ask]));
	await beginRun(database.sql, runId);
	await database.sql`
		insert into run_steps (run_id, node_id, status, attempt)
		values (${runId}, 'each', 'open', 1), (${runId}, 'ask', 'waiting', 1)`;
	const records = await loadRecords(database.sql, runId);
	await database.sql`update run_steps set status = 'completed', port = 'out', ended_at = now() where run_id = ${runId}`;
	const run = await first.services.cache.loadRun(runId);
	const executor = executorOf("approval");
	if (run === undefined || executor?.kind !== "wait") throw new Error("The run was not stored.");
	const callOf = (nodeId: string) => ({ ...stepCall(first.services, run, nodeId), records });
	const completed = { status: "completed", port: "out" };
	expect(await closeContainer(first.services, callOf("each"), { output: [] })).toEqual(completed);
	expect(await wakeStep(first.services, callOf("ask"), executor)).toEqual(completed);
});

test("events stay dense while many write to one run at once", async () => {
	const call = await beginShell("for i in 1 2 3 4 5; do echo line $i; sleep 0.05; done");
	const writers = Array.from({ length: 8 }, () => postgres(database.url, { max: 1 }));
	await Promise.all([
		executeStep(first.services, call),
		...writers.map(async (sql) => {
			for (let n = 0; n < 10; n++) {
				await appendEvents(sql, call.run.id, [
					{ type: "step.comment", nodeId: "effect", data: { text: "a" } },
					{ type: "step.comment", nodeId: "effect", data: { text: "b" } },
				]);
			}
			await sql.end();
		}),
	]);
	const seqs = (await readEvents(database, call.run.id)).map((event) => event.seq);
	expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});
