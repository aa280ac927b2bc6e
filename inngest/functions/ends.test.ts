import { describe, expect, test } from "vitest";
import { wakeStep } from "@/server/execution/waiting/wake-step";
import { executors } from "@/server/nodes/executors";
import { step, testPlan } from "@/server/plan/test-plan";
import { appendEvents } from "@/server/runs/store/append-events";
import { beginRun } from "@/server/runs/store/begin-run";
import { type ClaimAnswer, releaseLostStep } from "@/server/runs/store/claim-step";
import { endRun } from "@/server/runs/store/end-run";
import { appendStepEvents, recordInput, recordStep } from "@/server/runs/store/record-step";
import { readEvents, startPlan } from "./test-runs";
import { claimOne, stepCall } from "./test-steps";
import { setUpServices } from "./test-worker";

const { database, worker } = await setUpServices();

const ids = ["a", "b", "c", "d", "e", "f"];

/** A running run that no engine drives. */
async function begin(type = "comment", config: object = { text: "Hello" }): Promise<string> {
	const runId = await startPlan(database, testPlan(ids.map((id) => step(id, type, config))));
	await beginRun(database.sql, runId);
	return runId;
}

const claim = (runId: string, nodeId: string, sql = database.sql) =>
	claimOne(sql, { runId, nodeId, iteration: "", worker: "w" });

const cancel = (runId: string) =>
	endRun(database.sql, runId, { end: { status: "cancelled", actor: { kind: "system", name: "test" } } });

const complete = (runId: string, nodeId: string, held: ClaimAnswer) =>
	recordStep(database.sql, {
		runId,
		nodeId,
		iteration: "",
		from: { status: "running", worker: "w", claim: held.kind === "claimed" ? held.claim : 0 },
		to: { status: "completed", port: "out", output: null },
		usage: [],
		events: [{ type: "step.completed", nodeId, data: { attempt: 1, port: "out" } }],
	});

async function unendedSteps(runId: string): Promise<number> {
	return (await database.sql`select 1 from run_steps where run_id = ${runId} and ended_at is null`).length;
}

/** Resolves when a statement waits for a lock in this database. */
async function untilSomebodyWaits(): Promise<void> {
	for (;;) {
		const waiting = await database.sql`
			select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
		if (waiting.length > 0) return;
	}
}

describe("the end of a run", () => {
	test("cancels a step that was being claimed while it waited for its turn", async () => {
		const runId = await begin();
		let ending: Promise<boolean> | undefined;
		await database.sql.begin(async (tx) => {
			await tx`select 1 from runs where id = ${runId} for update`;
			ending = cancel(runId);
			await untilSomebodyWaits();
			await tx`
				insert into run_steps (run_id, node_id, status, attempt, owner, claim) values (${runId}, 'a', 'running', 1, 'w', 1)`;
		});
		expect(await ending).toBe(true);
		expect(await unendedSteps(runId)).toBe(0);
	});

	test("refuses everything that comes after it", async () => {
		const runId = await begin();
		const held = await claim(runId, "a");
		await cancel(runId);
		// As it would be if the end had missed the claim.
		await database.sql`
			update run_steps set status = 'running', owner = 'w', claim = 1, ended_at = null where run_id = ${runId}`;
		const before = await readEvents(database, runId);
		const owned = { runId, nodeId: "a", iteration: "", worker: "w", claim: 1 };
		expect(await complete(runId, "a", held)).toBe(false);
		expect(await appendStepEvents(database.sql, owned, [{ type: "step.token", data: { text: "late" } }])).toBe(false);
		expect(await appendEvents(database.sql, runId, [{ type: "step.comment", data: { text: "late" } }])).toBe(0);
		await recordInput(database.sql, owned, { late: true });
		await releaseLostStep(database.sql, owned, 1);
		expect((await claim(runId, "b")).kind).toBe("stopped");
		expect(await cancel(runId)).toBe(false);
		expect(await readEvents(database, runId)).toEqual(before);
		const [row] = await database.sql`select input, status, owner from run_steps where run_id = ${runId}`;
		expect(row).toEqual({ input: null, status: "running", owner: "w" });
	});

	test("and claims and records at the same time end every step, leave no gap in the log and never deadlock", async () => {
		const runs = await Promise.all(Array.from({ length: 20 }, () => begin()));
		await Promise.all(
			runs.map(async (runId, index) => {
				const working = ids.map(async (nodeId) => {
					const held = await claim(runId, nodeId);
					if (held.kind !== "claimed") return;
					const owned = { runId, nodeId, iteration: "", worker: "w", claim: held.claim };
					await recordInput(database.sql, owned, {});
					await appendStepEvents(database.sql, owned, [{ type: "step.token", nodeId, data: { text: "word" } }]);
					await complete(runId, nodeId, held);
				});
				for (let turn = 0; turn < index % 5; turn += 1) await database.sql`select 1`;
				const ends = await Promise.all([cancel(runId), cancel(runId)]);
				expect(ends.filter(Boolean)).toHaveLength(1);
				await Promise.all(working);
			}),
		);
		for (const runId of runs) {
			expect(await unendedSteps(runId)).toBe(0);
			const events = await readEvents(database, runId);
			expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
			expect(events.at(-1)?.type).toBe("run.cancelled");
		}
	});
});

test("an approval that is decided in the moment of its timeout keeps the decision", async () => {
	const runId = await begin("approval", { message: "Well?", timeoutSeconds: 1 });
	await database.sql`
		insert into run_steps (run_id, node_id, status, attempt, retry_at)
		values (${runId}, 'a', 'waiting', 1, now() - interval '1 second')`;
	const run = await worker.services.cache.loadRun(runId);
	if (run === undefined) throw new Error("The run was not stored.");
	let waking: ReturnType<typeof wakeStep> | undefined;
	await database.sql.begin(async (tx) => {
		await tx`select 1 from runs where id = ${runId} for update`;
		waking = wakeStep(worker.services, stepCall(worker.services, run, "a"), executors.approval);
		await untilSomebodyWaits();
		const actor = { kind: "user", id: "u", name: "Una" };
		const answer = { for: "approval", decision: "approved", actor, values: {}, at: "now" };
		await tx`
			update run_steps set answer = ${JSON.stringify(answer)}::text::jsonb where run_id = ${runId} and node_id = 'a'`;
	});
	expect(await waking).toEqual({ status: "completed", port: "approved" });
	const [row] = await database.sql`select port, output->>'by' as by from run_steps where run_id = ${runId}`;
	expect(row).toEqual({ port: "approved", by: "Una" });
});
