import { openDatabase } from "@/db/client";
import { newId } from "@/db/new-id";
import { getWorkerKey } from "@/inngest/worker-key";
import { getEnv, snapshotEnvironment } from "@/server/env";
import { WeftError } from "@/server/errors";
import type { StepServices } from "@/server/execution/step-services";
import { logger } from "@/server/observability/logger";
import { warnOfIsolation } from "@/server/runners/warn-of-isolation";
import { listChores } from "@/server/runs/chores/list-chores";
import { removeWorkspaces } from "@/server/runs/chores/remove-workspaces";
import { publishIsolation } from "@/server/runs/workers/publish-isolation";
import { startLiveness } from "@/server/runs/workers/worker-liveness";
import { createInngest } from "./client";
import { createStepServices, DEFAULT_CONCURRENCY, WALKS_PER_STEP } from "./create-step-services";
import { createEmbeddedEngine } from "./embedded/create-embedded-engine";
import { serve } from "./embedded/serve";
import type { EngineConnection } from "./engine-connection";
import { createRunPlan, fairnessKeysByTeam } from "./functions/run-plan";
import { type RunningChores, runChores } from "./run-chores";
import { joinByConnect } from "./server/join-by-connect";
import { serveFunctions } from "./server/serve-functions";

const log = logger.child({ part: "worker" });
/** How long steps in progress may still take when the worker is asked to stop. */
const GRACE_MS = 6_000;
const SWEEP_MS = 5 * 60_000;

async function main(): Promise<void> {
	snapshotEnvironment();
	const env = getEnv();
	if (env.DATABASE_URL === undefined) throw new WeftError("invalid", "DATABASE_URL is not set: the worker needs it.");
	const id = newId();
	const walks = WALKS_PER_STEP * (env.WEFT_WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY);
	const database = openDatabase(env.DATABASE_URL, { max: 16 });
	const onError = (error: unknown) => log.warn({ err: error }, "The database did not answer.");
	let chores: RunningChores | undefined;
	const failing = () => chores?.failing() ?? {};
	const liveness = await startLiveness(env.DATABASE_URL, { id, engine: env.WEFT_ENGINE, failing, onError });
	const services = await createStepServices(database, id);
	await reportIsolation(services);
	const drive =
		env.WEFT_ENGINE === "embedded"
			? await connectEmbedded(database, services, walks)
			: connectToServer(services, walks);
	const sweep = () => removeWorkspaces(database.sql, services.runner);
	const list = [...listChores(database), { name: "remove-workspaces", everyMs: SWEEP_MS, run: sweep }];
	chores = runChores([...list, ...(drive.chore ? [drive.chore] : [])], logger.child({ part: "chores" }));
	log.info({ worker: id, engine: env.WEFT_ENGINE }, "The worker is ready");

	async function stop(signal: string): Promise<void> {
		log.info({ signal }, "The worker is stopping");
		chores?.stop();
		services.signals.drain();
		const grace = setTimeout(() => services.signals.abortAll(), GRACE_MS);
		await drive.stop();
		clearTimeout(grace);
		await services.signals.stop();
		await liveness.stop();
		await database.close();
		process.exit(0);
	}
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));
}

/** Says at start, and in the settings, whether steps can reach this machine. */
async function reportIsolation({ sql, runner, worker }: StepServices): Promise<void> {
	const isolation = await runner.isolation();
	const warning = warnOfIsolation(isolation);
	if (warning !== undefined) log.warn(warning);
	await publishIsolation(sql, worker, isolation);
}

async function connectEmbedded(
	database: ReturnType<typeof openDatabase>,
	services: StepServices,
	maxInFlight: number,
): Promise<EngineConnection> {
	const engine = createEmbeddedEngine({
		database,
		maxInFlight,
		fairnessKeysOf: fairnessKeysByTeam,
		// Claims count the attempts that were lost with a worker, step by step.
		functionsCountCrashes: true,
		log: logger.child({ part: "engine" }),
		// The engine retries only its own failures, and PostgreSQL is back within seconds.
		backoff: (attempt) => Math.min(30_000, 500 * 2 ** attempt),
	});
	const inngest = createInngest({ fetch: engine.fetch });
	await engine.start(serve({ client: inngest, functions: [createRunPlan(inngest, services)] }));
	return { stop: () => engine.stop(GRACE_MS + 2_000) };
}

/** On an Inngest server of whatever kind. Without a signing key only a development server on this machine may call. */
function connectToServer(services: StepServices, concurrency: number): EngineConnection {
	const env = getEnv();
	const inngest = createInngest();
	const functions = [createRunPlan(inngest, services)];
	if (env.WEFT_WORKER_MODE === "connect") {
		return joinByConnect({ inngest, functions, id: services.worker, concurrency });
	}
	const key = env.INNGEST_SIGNING_KEY === undefined ? getWorkerKey() : undefined;
	const canRegister = key !== undefined || env.INNGEST_SERVE_ORIGIN !== undefined;
	return serveFunctions({ inngest, functions, port: env.WEFT_WORKER_PORT, key, canRegister });
}

main().catch((error: unknown) => {
	if (error instanceof WeftError) log.error(error.message);
	else log.error({ err: error }, "The worker could not start");
	process.exit(1);
});
