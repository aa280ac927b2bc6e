import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded-postgres";
import { migrateDatabase } from "@/db/migrate";
import { childEnv } from "@/server/env";
import { sendEvent } from "@/server/events/send-event";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import { testPlan } from "@/server/plan/test-plan";
import { releaseLostStep } from "@/server/runs/store/claim-step";
import { readEvents, startPlan } from "./functions/test-runs";

/** A worker as it is started in production. */
interface Worker {
	process: ChildProcess;
	output(): string;
}

let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;
/** The far side of the step's effect; it answers when the test says so. */
let server: TestServer;
let effects: ServerResponse[];
let workers: Worker[];

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-takeover-"));
	// PostgreSQL, another user when root runs the tests, must be able to pass.
	await chmod(directory, 0o711);
	postgres = await startEmbeddedPostgres({ directory });
	await migrateDatabase(postgres.url);
	database = openDatabase(postgres.url);
	server = await startTestServer((_request, response) => void effects.push(response));
}, 60_000);
beforeEach(() => {
	effects = [];
	workers = [];
});
afterEach(async () => {
	for (const worker of workers) await kill(worker);
});
afterAll(async () => {
	await database.close();
	await server.close();
	await postgres.stop("at once");
	await rm(postgres.data, { recursive: true, force: true });
	await rm(directory, { recursive: true, force: true });
});

function startWorker(): Worker {
	const child = spawn(process.execPath, ["--import", "tsx", "inngest/worker.ts"], {
		env: childEnv({
			DATABASE_URL: postgres.url,
			WEFT_DATA_DIR: directory,
			WEFT_SECRET: "a secret for tests only, 32 characters or more",
			WEFT_ALLOW_ADDRESSES: "127.0.0.0/8",
			WEFT_LOG_LEVEL: "info",
		}),
		stdio: ["ignore", "pipe", "inherit"],
	});
	let output = "";
	child.stdout.on("data", (chunk) => {
		output += String(chunk);
	});
	const worker = { process: child, output: () => output };
	workers.push(worker);
	return worker;
}

async function kill({ process: child }: Worker): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = once(child, "exit");
	child.kill("SIGKILL");
	await exit;
}

const until = (isReached: () => unknown) => vi.waitUntil(isReached, { timeout: 30_000, interval: 20 });
const untilSaid = ({ output }: Worker, words: string) => until(() => output().includes(words));
const LEADS = "The embedded engine is running";

/** A worker that drives the engine, with one beside it that stands by. */
async function startTwo(): Promise<{ leader: Worker; standby: Worker }> {
	const leader = startWorker();
	await untilSaid(leader, LEADS);
	const standby = startWorker();
	await untilSaid(standby, "The worker is ready");
	return { leader, standby };
}

async function startRunWithEffect(): Promise<string> {
	const config = { url: `${server.origin}/effect`, method: "POST" };
	const nodes = [{ id: "effect", type: "http-request", name: "Effect", config, retry: { maxAttempts: 3 } }];
	const runId = await startPlan(database, testPlan(nodes));
	await until(() => effects.length === 1);
	return runId;
}

async function untilEnded(runId: string): Promise<{ status: string; attempts: string[] }> {
	const read = async () => {
		const [run] = await database.sql<{ status: string }[]>`
			select status from runs where id = ${runId} and ended_at is not null`;
		return run?.status;
	};
	const status = await vi.waitUntil(read, { timeout: 30_000, interval: 50 });
	const events = await readEvents(database, runId);
	const attempts = events.map(({ type }) => type).filter((type) => type.startsWith("step.") && type !== "step.log");
	return { status, attempts };
}

async function restartPostgres(): Promise<void> {
	await postgres.stop("at once");
	postgres = await startEmbeddedPostgres({ directory });
}

test("a step goes on, once, when PostgreSQL is restarted and the standby takes over from a worker that lives", async () => {
	const { leader, standby } = await startTwo();
	const runId = await startRunWithEffect();
	leader.process.kill("SIGSTOP");
	await restartPostgres();
	await untilSaid(standby, LEADS);
	// The standby has begun to deliver the step, and the lock of its owner is missing.
	await until(async () => {
		const running = await database.sql`select 1 from engine.runs where running`.catch(() => []);
		return running.length > 0;
	});
	leader.process.kill("SIGCONT");
	await until(async () => {
		const heard = await database.sql`select 1 from workers where seen_at > pg_postmaster_start_time()`;
		return heard.length === 2;
	});
	effects[0]?.end("done");
	expect(await untilEnded(runId)).toEqual({ status: "completed", attempts: ["step.started", "step.completed"] });
	expect(effects).toHaveLength(1);
}, 90_000);

test("the claims of a killed worker are free at once: the step is tried again and the lost attempt is shown", async () => {
	const { leader } = await startTwo();
	const runId = await startRunWithEffect();
	await kill(leader);
	await until(() => effects.length === 2);
	effects[1]?.end("done");
	expect(await untilEnded(runId)).toEqual({
		status: "completed",
		attempts: ["step.started", "step.retrying", "step.started", "step.completed"],
	});
}, 60_000);

test("a worker that was taken for dead stops the step, and its late answer is worth nothing", async () => {
	const worker = startWorker();
	await untilSaid(worker, LEADS);
	const runId = await startRunWithEffect();
	await releaseLostStep(database.sql, { runId, nodeId: "effect", iteration: "" }, 1);
	// Nobody answers it: the worker ends the call.
	await until(() => effects[0]?.closed && effects.length === 2);
	effects[1]?.end("done");
	expect(await untilEnded(runId)).toEqual({
		status: "completed",
		attempts: ["step.started", "step.retrying", "step.started", "step.completed"],
	});
}, 60_000);

test("a step that awaits an event goes on by one that came while its worker was killed and no other lived", async () => {
	const worker = startWorker();
	await untilSaid(worker, LEADS);
	const waits = {
		id: "wait",
		type: "wait-for-event",
		name: "Wait",
		config: { name: "paid", match: "event.data.n > 1" },
	};
	const runId = await startPlan(database, testPlan([waits]));
	await until(async () => {
		const waiting = await database.sql`select 1 from run_steps where run_id = ${runId} and status = 'waiting'`;
		return waiting.length > 0;
	});
	await kill(worker);
	const [run] = await database.sql<{ teamId: string }[]>`select team_id as "teamId" from runs where id = ${runId}`;
	const send = (n: number) =>
		sendEvent(database.sql, {
			...{ teamId: run?.teamId ?? "", name: "paid", data: { n }, key: `paid ${n}`, depth: 1 },
			...{ source: { runId, nodeId: "wait" }, actor: { kind: "system", name: "test" } },
		});
	await send(1);
	await send(2);
	startWorker();
	expect(await untilEnded(runId)).toEqual({
		status: "completed",
		attempts: ["step.started", "step.waiting", "step.completed"],
	});
	const [step] = await database.sql`select output->'event'->'data' as data from run_steps where run_id = ${runId}`;
	expect(step).toEqual({ data: { n: 2 } });
}, 60_000);
