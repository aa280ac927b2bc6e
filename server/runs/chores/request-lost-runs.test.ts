import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTeam } from "@/inngest/functions/test-runs";
import { appendEvents } from "../store/append-events";
import { beginRun } from "../store/begin-run";
import { endRun } from "../store/end-run";
import { insertTestRun } from "../test-run";
import { requestLostRuns } from "./request-lost-runs";

let database: TestDatabase;
let teamId: string;
beforeAll(async () => {
	database = await createTestDatabase();
	teamId = await insertTeam(database);
});
afterAll(() => database.drop());

/** A run that began and of which nothing was recorded for ten minutes. */
async function silentRun(): Promise<string> {
	const { runId } = await insertTestRun(database, teamId);
	await appendEvents(database.sql, runId, [{ type: "run.started", data: {} }]);
	await database.sql`update runs set requested_at = now() - interval '10 minutes' where id = ${runId}`;
	await database.sql`update run_events set at = now() - interval '10 minutes' where run_id = ${runId}`;
	return runId;
}

async function requestsOf(runId: string): Promise<string[]> {
	await requestLostRuns(database.sql);
	const rows = await database.sql<{ id: string }[]>`
		select id from outbox where run_id = ${runId} and name = 'weft/run.requested' order by id`;
	return rows.map(({ id }) => id);
}

async function insertStep(runId: string, step: { status: string; owner?: string; retryIn?: string; answer?: boolean }) {
	await database.sql`
		insert into run_steps (run_id, node_id, iteration, status, attempt, owner, retry_at, answer)
		values (${runId}, 'step', '', ${step.status}, 1, ${step.owner ?? null}, now() + ${step.retryIn ?? null}::interval,
			${step.answer ? "{}" : null}::jsonb)`;
}

async function insertWorker(id: string, silence: string): Promise<void> {
	await database.sql`
		insert into workers (id, lock_key, engine, seen_at) values (${id}, 1, 'inngest', now() - ${silence}::interval)`;
}

test("a run that nobody carries is asked for under a new id, and later again", async () => {
	const runId = await silentRun();
	expect(await requestsOf(runId)).toEqual([`requested:${runId}:2`]);
	expect(await requestsOf(runId)).toEqual([`requested:${runId}:2`]);
	await database.sql`update runs set requested_at = now() - interval '3 minutes' where id = ${runId}`;
	expect(await requestsOf(runId)).toEqual([`requested:${runId}:2`, `requested:${runId}:3`]);
	await beginRun(database.sql, runId);
	expect(await requestsOf(runId)).toEqual([]);
});

test("a run whose worker died in a step is asked for, one whose worker lives is not", async () => {
	const [dead, alive] = [await silentRun(), await silentRun()];
	await insertWorker("dead", "1 minute");
	await insertWorker("alive", "1 second");
	await insertStep(dead, { status: "running", owner: "dead" });
	await insertStep(alive, { status: "running", owner: "alive" });
	expect(await requestsOf(dead)).toHaveLength(1);
	expect(await requestsOf(alive)).toEqual([]);
});

test.each([
	["a person", { status: "waiting" }],
	["a date to come", { status: "waiting", retryIn: "1 hour" }],
	["its next try", { status: "retrying", retryIn: "1 hour" }],
])("a run that waits for %s is not lost", async (_, step) => {
	const runId = await silentRun();
	await insertStep(runId, step);
	expect(await requestsOf(runId)).toEqual([]);
});

test.each([
	["an answer that has come", { status: "waiting", answer: true }],
	["a date that is over", { status: "waiting", retryIn: "-5 minutes" }],
	["a try that was due", { status: "retrying", retryIn: "-5 minutes" }],
])("a run that nobody wakes after %s is lost", async (_, step) => {
	const runId = await silentRun();
	await insertStep(runId, step);
	expect(await requestsOf(runId)).toHaveLength(1);
});

test("runs that are held, paused, ended or queued for a moment are left alone", async () => {
	const [held, paused, ended] = [await silentRun(), await silentRun(), await silentRun()];
	await database.sql`update runs set held = true where id = ${held}`;
	await database.sql`update runs set status = 'paused' where id = ${paused}`;
	await endRun(database.sql, ended, { end: { status: "cancelled", actor: { kind: "system", name: "test" } } });
	const queued = await silentRun();
	await database.sql`
		update runs set status = 'queued', requested_at = now() - interval '2 minutes' where id = ${queued}`;
	await database.sql`update run_events set at = now() - interval '2 minutes' where run_id = ${queued}`;
	for (const runId of [held, paused, ended, queued]) expect(await requestsOf(runId)).toEqual([]);
});

test("a run that the embedded engine knows is its own business", async () => {
	const runId = await silentRun();
	await database.sql`
		insert into engine.runs (id, function_id, events, concurrency_keys, running, attempt, crashes, created_at)
		values ('e1', 'f', ${JSON.stringify([{ data: { runId } }])}, '[]', false, 0, 0, now())`;
	expect(await requestsOf(runId)).toEqual([]);
});
