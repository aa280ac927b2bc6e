import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Database, Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { createTestDatabase } from "@/db/test-database";
import { openCredentials, openKnownValues } from "@/server/credentials/open-credentials";
import type { Keys } from "@/server/credentials/seal";
import { getEnv } from "@/server/env";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRecordBuffer } from "@/server/execution/record-buffer";
import { createRunCache } from "@/server/execution/run-cache";
import type { RunContext } from "@/server/execution/run-context";
import { NO_RECORDS } from "@/server/execution/run-records";
import { watchRunSignals } from "@/server/execution/run-signals";
import { createRunSecrets, type OpenKnownValues, type OpenSecrets } from "@/server/execution/secrets/run-secrets";
import type { StepCall } from "@/server/execution/step/with-claim";
import type { StepServices } from "@/server/execution/step-services";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { createProviders } from "@/server/llm/providers";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import { createLocalRunner } from "@/server/runners/local-runner";
import { listChores } from "@/server/runs/chores/list-chores";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, isEnded, type RunState } from "@/server/runs/state";
import type { StepRef } from "@/server/runs/step-ref";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { type ClaimAnswer, claimSteps } from "@/server/runs/store/claim-step";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import { insertRun } from "@/server/runs/store/insert-run";
import { toJsonText } from "@/server/runs/store/json-text";
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
}

/** On the embedded engine, or on the server of INNGEST_BASE_URL when WEFT_ENGINE says so. */
export async function startTestWorker(database: Url, options: TestOptions = {}): Promise<TestWorker> {
	const { services, stop } = await startTestServices(database, options);
	const stopDriving =
		getEnv().WEFT_ENGINE === "inngest"
			? await connectToServer(services)
			: await connectEmbedded(database, services, options.concurrency);
	const hurried = listChores(database.sql).map((chore) => ({ ...chore, everyMs: Math.min(chore.everyMs, 200) }));
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
		runner,
		llm: createProviders({}),
		fetch: createOutboundFetch({ allow: ["127.0.0.0/8"] }),
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
			await rm(directory, { recursive: true, force: true });
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

/** A step that the test delivers itself, outside of any walk. */
export function stepCall(services: StepServices, run: RunContext, nodeId: string): StepCall {
	const buffer = createRecordBuffer(services, run.id, { isLazy: false });
	return { run, nodeId, iteration: "", records: NO_RECORDS, buffer };
}

/** Claims a step as a walk does that has nothing else to write. */
export async function claimOne(sql: Sql, step: StepRef & { worker: string }): Promise<ClaimAnswer> {
	const request = { ...step, maxAttempts: 1 };
	const { answers } = await claimSteps(sql, step.runId, { requests: [request], pending: [] });
	return answers[0] ?? { kind: "stopped" };
}

function secretsFor(
	database: Database,
	secrets: NonNullable<TestOptions["secrets"]>,
): { openSecrets: OpenSecrets; openValues: OpenKnownValues } {
	if (secrets === "stored") {
		return {
			openSecrets: (run, references) => openCredentials(database, run, references),
			openValues: (teamId, names) => openKnownValues(database, teamId, names),
		};
	}
	return {
		openSecrets: async (_run, names) => pick(secrets, names),
		openValues: async (_team, names) => Object.values(pick(secrets, names)),
	};
}

function pick(values: Record<string, string>, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] ?? ""]] : [])));
}

/** A team with nothing in it; returns its id. */
export async function insertTeam(database: Database): Promise<string> {
	const id = newId();
	await database.sql`insert into teams (id, name, slug, wrapped_key) values (${id}, 'Test', ${id}, '')`;
	return id;
}

/** Stores a plan as version 1 of a new workflow and starts a run of it; returns the run's id. */
export async function startPlan(
	database: Database,
	plan: Plan,
	{ input = {}, teamId }: { input?: JsonObject; teamId?: string } = {},
): Promise<string> {
	const team = teamId ?? (await insertTeam(database));
	const workflowId = await insertWorkflow(database, team, plan);
	return (await startWorkflow(database, { teamId: team, workflowId, plan, input })).runId;
}

export async function insertWorkflow(database: Database, teamId: string, plan: Plan): Promise<string> {
	const workflowId = newId();
	const planHash = hashOf(plan);
	const text = toJsonText(plan);
	await database.sql`
		insert into plans (team_id, hash, plan) values (${teamId}, ${planHash}, ${text}::text::jsonb) on conflict do nothing`;
	await database.sql`
		insert into workflows (id, team_id, slug, name, draft, current_version)
		values (${workflowId}, ${teamId}, ${workflowId}, 'Test workflow', ${text}::text::jsonb, 1)`;
	await database.sql`
		insert into workflow_versions (team_id, workflow_id, version, plan_hash) values (${teamId}, ${workflowId}, 1, ${planHash})`;
	return workflowId;
}

export async function startWorkflow(
	database: Database,
	start: { teamId: string; workflowId: string; plan: Plan; input?: JsonObject; concurrencyKey?: string },
) {
	return await insertRun(database.sql, {
		teamId: start.teamId,
		workflowId: start.workflowId,
		version: 1,
		planHash: hashOf(start.plan),
		settings: start.plan.settings,
		actor: { kind: "system", name: "test" },
		trigger: "manual",
		payload: {},
		input: start.input ?? {},
		requestId: randomUUID(),
		concurrencyKey: start.concurrencyKey ?? null,
	});
}

function hashOf(plan: Plan): string {
	return createHash("sha256").update(toJsonText(plan)).digest("hex");
}

/** The run's log, as it is recorded. */
export async function readEvents(database: Database, runId: string): Promise<RunEvent[]> {
	const rows = await database.sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events where run_id = ${runId} order by seq`;
	return rows.map(toRunEvent);
}

export async function readState(database: Database, runId: string): Promise<RunState> {
	return foldRun(initialRunState, await readEvents(database, runId));
}

/** Resolves with the run's state as soon as it is what the test waits for. */
export async function untilRun(
	database: Database,
	runId: string,
	isReached: (state: RunState) => boolean = (state) => isEnded(state.phase.status),
): Promise<RunState> {
	let wake = () => {};
	const { unlisten } = await database.sql.listen(RUN_EVENTS_CHANNEL, (id) => {
		if (id === runId) wake();
	});
	try {
		for (;;) {
			const heard = new Promise<void>((resolve) => {
				wake = resolve;
			});
			const state = await readState(database, runId);
			if (isReached(state)) return state;
			await heard;
		}
	} finally {
		await unlisten();
	}
}

/** The recorded output of a step. */
export async function readOutput(database: Database, runId: string, nodeId: string, iteration = "") {
	const [row] = await database.sql<{ output: unknown }[]>`
		select output from run_steps where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}`;
	return row?.output;
}
