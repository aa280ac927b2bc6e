import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../db/client";
import { startEmbeddedPostgres } from "../../db/embedded-postgres";
import { migrateDatabase } from "../../db/migrate";
import { insertTeam, insertWorkflow, startWorkflow } from "../../inngest/functions/test-runs";
import { childEnv, getEnv } from "../../server/env";
import { bundleWorker } from "../../server/launcher/worker-bundle";
import { planSchema } from "../../server/plan/plan";
import { RUN_SIGNALS_CHANNEL } from "../../server/runs/store/append-events";

/** A durable PostgreSQL of its own and a real worker process, as `npm start` runs them. */
export interface WorkerFixture {
	database: Database;
	worker: ChildProcess;
	/** Kills the worker as `kill -9` does and starts another. */
	replaceWorker(): Promise<void>;
	/** Stores a plan; the function that comes back starts a run of it and returns the run's id. */
	store(plan: unknown): Promise<() => Promise<string>>;
	/** Resolves when the run has ended, with how it ended. */
	ended(runId: string): Promise<string>;
}

const root = process.cwd();
const LOOK_MS = 2_000;

export async function withWorker<Answer>(measure: (fixture: WorkerFixture) => Promise<Answer>): Promise<Answer> {
	const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
	await chmod(directory, 0o711);
	const postgres = await startEmbeddedPostgres({ directory });
	process.env.DATABASE_URL = postgres.url;
	await migrateDatabase(postgres.url);
	await bundleWorker(root);
	const database = openDatabase(postgres.url, { max: 16 });
	const fixture: WorkerFixture = {
		database,
		worker: await startWorker(directory),
		async replaceWorker() {
			fixture.worker.kill("SIGKILL");
			await once(fixture.worker, "exit");
			fixture.worker = await startWorker(directory);
		},
		store: (plan) => storePlan(database, plan),
		ended: await hearEnds(database),
	};
	try {
		return await measure(fixture);
	} finally {
		fixture.worker.kill("SIGKILL");
		await database.close();
		await postgres.stop("at once");
		await rm(postgres.data, { recursive: true, force: true });
		await rm(directory, { recursive: true, force: true });
	}
}

/** Resolves when it drives the engine, or has joined the Inngest server of INNGEST_BASE_URL when WEFT_ENGINE says so. */
async function startWorker(directory: string): Promise<ChildProcess> {
	const worker = spawn(process.execPath, [join(root, ".weft-build/worker.js")], {
		cwd: root,
		env: childEnv({
			NODE_ENV: "production",
			WEFT_DATA_DIR: directory,
			WEFT_SECRET: "bench-bench-bench-bench-bench-bench",
			WEFT_ALLOW_ADDRESSES: "127.0.0.0/8",
			WEFT_LOG_LEVEL: "info",
		}),
		stdio: ["ignore", "pipe", "inherit"],
	});
	const isEmbedded = getEnv().WEFT_ENGINE === "embedded";
	let seen = "";
	await new Promise<void>((resolve) => {
		worker.stdout?.on("data", (chunk) => {
			seen += String(chunk);
			if (seen.includes(isEmbedded ? "The embedded engine is running" : "The worker is ready")) resolve();
		});
	});
	return worker;
}

async function storePlan(database: Database, input: unknown): Promise<() => Promise<string>> {
	const plan = planSchema.parse(input);
	const teamId = await insertTeam(database);
	const workflowId = await insertWorkflow(database, teamId, plan);
	return async () => (await startWorkflow(database, { teamId, workflowId, plan })).runId;
}

/** One listener for all runs; a run that ended before somebody asked is found in the table. */
async function hearEnds(database: Database): Promise<(runId: string) => Promise<string>> {
	const waiting = new Map<string, (status: string) => void>();
	const check = async (ids: string[]) => {
		if (ids.length === 0) return;
		const rows = await database.sql<{ id: string; status: string }[]>`
			select id, status from runs where id = any(${ids}::text[]) and ended_at is not null`;
		for (const { id, status } of rows) {
			waiting.get(id)?.(status);
			waiting.delete(id);
		}
	};
	const heard = new Set<string>();
	let checking = false;
	await database.sql.listen(RUN_SIGNALS_CHANNEL, async (id) => {
		if (waiting.has(id)) heard.add(id);
		if (checking) return;
		checking = true;
		while (heard.size > 0) {
			const ids = [...heard];
			heard.clear();
			await check(ids);
		}
		checking = false;
	});
	// A worker that is killed takes with it what it has not told yet.
	setInterval(() => void check([...waiting.keys()]), LOOK_MS).unref();
	return (runId) =>
		new Promise((resolve) => {
			waiting.set(runId, resolve);
			void check([runId]);
		});
}
