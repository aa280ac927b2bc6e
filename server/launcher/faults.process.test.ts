import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded-postgres";
import { insertTeam, insertWorkflow, readEvents } from "@/inngest/functions/test-runs";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import { testPlan } from "@/server/plan/test-plan";
import { insertRun } from "@/server/runs/store/insert-run";
import {
	findFreePort,
	killPart,
	newDataDirectory,
	type PartName,
	startLauncher,
	type TestLauncher,
} from "./test-launcher";

const RUNS = 200;
const KILLS: readonly PartName[] = ["worker", "web", "database", "worker", "database", "worker"];

let data: ReturnType<typeof newDataDirectory>;
let launcher: TestLauncher;
let database: Database;
let server: TestServer;
/** How often each effect reached the far side of the network. */
const effects = new Map<string, number>();

beforeAll(async () => {
	server = await startTestServer((request, response) => {
		const key = request.url ?? "";
		effects.set(key, (effects.get(key) ?? 0) + 1);
		setTimeout(() => response.end("ok"), 30);
	});
	data = newDataDirectory();
	const env = { WEFT_DATA_DIR: data.directory, PORT: String(await findFreePort()) };
	launcher = startLauncher({ ...env, WEFT_ALLOW_ADDRESSES: "127.0.0.0/8" });
	await launcher.ready();
	const { url } = await startEmbeddedPostgres({ directory: data.directory });
	database = openDatabase(url, { max: 8 });
}, 240_000);
afterAll(async () => {
	launcher.kill("SIGTERM");
	await launcher.ended;
	await database.close();
	await server.close();
	data.remove();
});

const call = (id: string) => ({
	id,
	type: "http-request",
	name: id,
	config: { url: `${server.origin}/{{ run.number }}/${id}`, method: "POST" },
	retry: { maxAttempts: 5, backoff: "fixed", delaySeconds: 0.1 },
});

/** A line, two branches and a join, each step with an effect that is counted outside. */
const plan = () =>
	testPlan(["first", "second", "left", "right", "last"].map(call), [
		"first -> second",
		"second -> left",
		"second -> right",
		"left -> last",
		"right -> last",
	]);

/** Whoever starts a run repeats the request until it is answered: the same request is the same run. */
async function startWithRetries(start: { teamId: string; workflowId: string; planHash: string }): Promise<string> {
	const requestId = randomUUID();
	for (;;) {
		try {
			const run = await insertRun(database.sql, {
				...start,
				version: 1,
				settings: { timeoutSeconds: 600 },
				actor: { kind: "system", name: "test" },
				trigger: "manual",
				payload: {},
				input: {},
				requestId,
				concurrencyKey: null,
			});
			return run.runId;
		} catch {
			await pause(100);
		}
	}
}

async function countOpen(ids: readonly string[]): Promise<number> {
	const [row] = await database.sql<{ open: number }[]>`
		select count(*)::int as open from runs where id = any(${[...ids]}::text[]) and ended_at is null`;
	return row?.open ?? 0;
}

async function untilAllEnded(ids: readonly string[]): Promise<void> {
	while ((await countOpen(ids).catch(() => 1)) > 0) await pause(100);
}

test("every run ends right and every effect happens once while worker, web and database are killed", {
	timeout: 240_000,
}, async () => {
	const teamId = await insertTeam(database);
	const workflowId = await insertWorkflow(database, teamId, plan());
	const [stored] = await database.sql<{ planHash: string }[]>`
		select plan_hash as "planHash" from workflow_versions where workflow_id = ${workflowId}`;
	const starting = Array.from({ length: RUNS }, () =>
		startWithRetries({ teamId, workflowId, planHash: stored?.planHash ?? "" }),
	);
	for (const name of KILLS) {
		await pause(300 + Math.random() * 1_200);
		await killPart(data.directory, name);
	}
	const ids = await Promise.all(starting);
	await untilAllEnded(ids);

	const statuses = await database.sql`
		select status, count(*)::int as runs from runs where workflow_id = ${workflowId} group by status`;
	expect(statuses.map((row) => ({ ...row }))).toEqual([{ status: "completed", runs: RUNS }]);
	for (const id of ids) {
		const events = await readEvents(database, id);
		expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
	}
	// A step may only be repeated when an attempt was lost with its worker, and each step is recorded once.
	const attempts = await database.sql<{ key: string; started: number; completed: number }[]>`
		select '/' || r.number || '/' || e.node_id as key,
			count(*) filter (where e.type = 'step.started')::int as started,
			count(*) filter (where e.type = 'step.completed')::int as completed
		from run_events e join runs r on r.id = e.run_id
		where r.workflow_id = ${workflowId} and e.node_id is not null group by 1`;
	expect(attempts).toHaveLength(RUNS * 5);
	expect(attempts.filter(({ completed }) => completed !== 1)).toEqual([]);
	expect(attempts.filter(({ key, started }) => (effects.get(key) ?? 0) > started || !effects.has(key))).toEqual([]);

	const left = await untilEngineIsEmpty();
	expect(left).toEqual({ runs: 0, jobs: 0, steps: 0, outbox: 0 });
});

interface Left {
	runs: number;
	jobs: number;
	steps: number;
	outbox: number;
}

/** The engine forgets a run just after its last step was recorded. */
async function untilEngineIsEmpty(): Promise<Left | undefined> {
	for (let look = 0; ; look++) {
		const [left] = await database.sql<Left[]>`
			select (select count(*)::int from engine.runs) as runs, (select count(*)::int from engine.jobs) as jobs,
				(select count(*)::int from engine.steps) as steps, (select count(*)::int from outbox) as outbox`;
		if (look === 50 || left === undefined || Object.values(left).every((count) => count === 0)) return left;
		await pause(100);
	}
}
