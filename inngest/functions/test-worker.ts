import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { createTestDatabase } from "@/db/test-database";
import type { FileLimits } from "@/server/artifacts/file-store";
import { createDiskStorage } from "@/server/artifacts/storage/disk-storage";
import type { ArtifactStorage } from "@/server/artifacts/storage/storage";
import { openCredentials, openKnownValues } from "@/server/credentials/open-credentials";
import type { Keys } from "@/server/credentials/seal";
import { getEnv } from "@/server/env";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import { watchRunSignals } from "@/server/execution/run-signals";
import { createRunSecrets, type OpenKnownValues, type OpenSecrets } from "@/server/execution/secrets/run-secrets";
import type { StepServices } from "@/server/execution/step-services";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { createResolveAllowed } from "@/server/http/resolve-allowed";
import { createBill } from "@/server/llm/prices";
import { createProviders } from "@/server/llm/providers";
import { createSendStepMail } from "@/server/mail/send-step-mail";
import { createLocalRunner } from "@/server/runners/local-runner";
import { listChores } from "@/server/runs/chores/list-chores";
import { startLiveness } from "@/server/runs/workers/worker-liveness";
import { createInngest } from "../client";
import { createEmbeddedEngine } from "../embedded/create-embedded-engine";
import { serve } from "../embedded/serve";
import { runChores } from "../run-chores";
import { silentLogger } from "../scenarios/silent-logger";
import { joinByConnect } from "../server/join-by-connect";
import { createRunPlan, fairnessKeysByTeam } from "./run-plan";

/** A worker inside the test's process: the real engine, runner and database; only its secrets come from the test. */
export interface TestWorker {
	services: StepServices;
	stop(): Promise<void>;
}

type Url = Database & { url: string };
/** The same key for every team. */
export async function openTestTeamKey(): Promise<Keys> {
	return [Buffer.alloc(32, 7)];
}

interface TestOptions {
	/** By name, of every team; `stored` are the credentials of the run's team. */
	secrets?: Record<string, string> | "stored";
	/** Steps that execute at once, and steps of the engine in flight. */
	concurrency?: number;
	/** One that workers share; without it each has its own. */
	storage?: ArtifactStorage;
	/** In bytes. */
	limits?: Partial<FileLimits>;
}

/** On the embedded engine, or on the server of INNGEST_BASE_URL when WEFT_ENGINE says so. */
export async function startTestWorker(database: Url, options: TestOptions = {}): Promise<TestWorker> {
	const { services, stop } = await startTestServices(database, options);
	const stopDriving =
		getEnv().WEFT_ENGINE === "inngest"
			? await connectToServer(services)
			: await connectEmbedded(database, services, options.concurrency);
	const hurried = listChores(database).map((chore) => ({ ...chore, everyMs: Math.min(chore.everyMs, 200) }));
	const chores = runChores(hurried, { info: () => {}, warn: console.warn });
	return {
		services,
		async stop() {
			chores.stop();
			services.signals.abortAll();
			await stopDriving();
			await stop();
		},
	};
}

async function connectEmbedded(
	database: Database,
	services: StepServices,
	maxInFlight = 32,
): Promise<() => Promise<void>> {
	const log = { info: () => {}, warn: console.warn, error: console.error };
	const engine = createEmbeddedEngine({
		database,
		maxInFlight,
		fairnessKeysOf: fairnessKeysByTeam,
		log,
		backoff: () => 50,
	});
	const inngest = createInngest({ fetch: engine.fetch });
	await engine.start(serve({ client: inngest, functions: [createRunPlan(inngest, services)] }));
	return () => engine.stop(2_000);
}

/** An app of its own: the events of other tests reach it too, but their runs are not in its database. */
async function connectToServer(services: StepServices): Promise<() => Promise<void>> {
	const inngest = createInngest({ id: `weft-test-${services.worker}`, logger: silentLogger });
	const functions = [createRunPlan(inngest, services)];
	const { chore, stop } = joinByConnect({ inngest, functions, id: services.worker, concurrency: 64 });
	await chore?.run();
	return stop;
}

/** The same without an engine: the test delivers the steps itself. */
export async function startTestServices(database: Url, options: TestOptions = {}): Promise<TestWorker> {
	const id = newId();
	const directory = await mkdtemp(join(tmpdir(), "weft-test-"));
	const warn = (message: string, error: unknown) => console.warn(message, error);
	const onError = (error: unknown) => warn("The database did not answer.", error);
	const runner = createLocalRunner({ directory, workerId: id });
	const { openSecrets, openValues } = secretsFor(database, options.secrets ?? {});
	const cache = createRunCache(database.sql, openTestTeamKey);
	const signals = await watchRunSignals(database.sql, {
		runStopped: (runId) => void runner.release(runId).catch(onError),
		error: onError,
	});
	const services: StepServices = {
		worker: id,
		sql: database.sql,
		database,
		runner,
		files: {
			sql: database.sql,
			storage: options.storage ?? createDiskStorage(join(directory, "artifacts")),
			limits: { file: 20_000_000, run: 50_000_000, team: 100_000_000, ...options.limits },
		},
		llm: createProviders({}),
		bill: createBill(),
		fetch: createOutboundFetch({ allow: ["127.0.0.0/8"] }),
		resolve: createResolveAllowed(["127.0.0.0/8"]),
		mail: createSendStepMail(database, { resolve: createResolveAllowed(["127.0.0.0/8"]), authorities: undefined }),
		openSecrets,
		secretsOf: createRunSecrets(openValues, openTestTeamKey),
		slots: createFairSlots(options.concurrency ?? 32),
		suspectSlots: createFairSlots(1),
		cpuSlots: createFairSlots(2),
		cache,
		signals,
		warn,
	};
	const liveness = await startLiveness(database.url, { id, engine: "test", onError });
	return {
		services,
		async stop() {
			await signals.stop();
			await liveness.stop();
			await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		},
	};
}

/** A database of its own and a worker on it for the tests of a file; both are gone when these have ended. */
export async function setUpWorker(options?: TestOptions) {
	return await setUp((database) => startTestWorker(database, options));
}

/** The same without an engine. */
export async function setUpServices() {
	return await setUp((database) => startTestServices(database));
}

async function setUp(start: (database: Url) => Promise<TestWorker>) {
	const database = await createTestDatabase();
	const worker = await start(database);
	afterAll(async () => {
		await worker.stop();
		await database.drop();
	});
	return { database, worker };
}

function secretsFor(
	database: Database,
	secrets: NonNullable<TestOptions["secrets"]>,
): { openSecrets: OpenSecrets; openValues: OpenKnownValues } {
	if (secrets === "stored") {
		return {
			openSecrets: (run, references) => openCredentials(database, run, references),
			openValues: (run, references) => openKnownValues(database, run, references),
		};
	}
	return {
		openSecrets: async (_run, names) => pick(secrets, names),
		openValues: async (_run, names) => Object.values(pick(secrets, names)),
	};
}

function pick(values: Record<string, string>, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] ?? ""]] : [])));
}
