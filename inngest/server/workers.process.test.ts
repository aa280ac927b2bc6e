import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { childEnv, getEnv } from "@/server/env";
import { testPlan } from "@/server/plan/test-plan";
import { sendOutbox } from "@/server/runs/store/outbox";
import { insertTeam, readEvents, startPlan, untilRun } from "../functions/test-runs";

const RUNS = 20;
const { INNGEST_BASE_URL: server } = getEnv();

describe.skipIf(server === undefined)("workers that share the Inngest server at INNGEST_BASE_URL", () => {
	let database: TestDatabase;
	let directory: string;
	const workers: ChildProcess[] = [];
	const app = `weft-workers-${Date.now().toString(36)}`;

	beforeAll(async () => {
		database = await createTestDatabase();
		directory = await mkdtemp(join(tmpdir(), "weft-workers-"));
	});
	afterAll(async () => {
		for (const worker of workers) worker.kill("SIGKILL");
		await database.drop();
		await rm(directory, { recursive: true, force: true });
	});

	async function startWorker(id: string): Promise<ChildProcess> {
		const program = fileURLToPath(new URL("joined-worker.fixture.ts", import.meta.url));
		const env = childEnv({ WEFT_ENGINE: "inngest", WEFT_DATA_DIR: directory });
		const worker = fork(program, [database.url, app, id], { execArgv: ["--import", "tsx"], env });
		workers.push(worker);
		await once(worker, "message");
		return worker;
	}

	const step = (id: string) => ({
		id,
		type: "shell",
		name: id,
		config: { command: `sleep 0.1; echo '{"at": "${id}"}' >> "$WEFT_OUTPUT"` },
		retry: { maxAttempts: 5, backoff: "fixed", delaySeconds: 0.1 },
	});
	const plan = testPlan(["one", "two", "three"].map(step), ["one -> two", "two -> three"]);

	test.each([2, 3])(
		"of %i one is killed, and every run is completed all the same",
		{ timeout: 180_000 },
		async (count) => {
			const ids = Array.from({ length: count }, (_, n) => `${app}-${count}-${n}`);
			const [first] = await Promise.all(ids.map(startWorker));
			const teamId = await insertTeam(database);
			const runs = await Promise.all(Array.from({ length: RUNS }, () => startPlan(database, plan, { teamId })));
			await sendOutbox(database.sql);
			await untilRun(database, runs[0] ?? "");
			first?.kill("SIGKILL");
			const states = await Promise.all(runs.map((runId) => untilRun(database, runId)));
			expect(states.map(({ phase }) => phase.status)).toEqual(runs.map(() => "completed"));
			for (const runId of runs) {
				const ended = (await readEvents(database, runId)).filter(({ type }) => type === "step.completed");
				expect(ended.map(({ nodeId }) => nodeId)).toEqual(["one", "two", "three"]);
			}
			for (const worker of workers.splice(0)) worker.kill("SIGKILL");
		},
	);
});

test.skipIf(server !== undefined)("INNGEST_BASE_URL is not set: workers have shared no server", () => {
	expect(server).toBeUndefined();
});
