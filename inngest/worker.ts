import { createServer } from "node:http";
import { serve } from "inngest/edge";
import { serve as serveNode } from "inngest/node";
import { openDatabase } from "@/db/client";
import { newId } from "@/db/new-id";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";
import { warnOfIsolation } from "@/server/runners/warn-of-isolation";
import { listChores } from "@/server/runs/chores/list-chores";
import { removeWorkspaces } from "@/server/runs/chores/remove-workspaces";
import { publishIsolation } from "@/server/runs/publish-isolation";
import { startLiveness } from "@/server/runs/worker-liveness";
import { getWorkerKey, WORKER_KEY } from "@/server/worker-key";
import { askForKey } from "./ask-for-key";
import { createInngest } from "./client";
import { createWorld, DEFAULT_CONCURRENCY } from "./create-world";
import { createEmbeddedEngine } from "./embedded/create-embedded-engine";
import { createRunPlan, shareByTeam } from "./functions/run-plan";
import type { StepWorld } from "./functions/world";
import { type RunningChores, runChores } from "./run-chores";

const log = logger.child({ part: "worker" });
/** How long steps in progress may still take when the worker is asked to stop. */
const GRACE_MS = 6_000;
const SWEEP_MS = 5 * 60_000;

/** What drives the functions: an engine in this process, or an Inngest server that calls this one. */
interface Drive {
	stop(): Promise<void>;
}

async function main(): Promise<void> {
	const env = getEnv();
	if (env.DATABASE_URL === undefined) throw new WeftError("invalid", "DATABASE_URL is not set: the worker needs it.");
	const id = newId();
	const concurrency = env.WEFT_WORKER_CONCURRENCY ?? DEFAULT_CONCURRENCY;
	const database = openDatabase(env.DATABASE_URL, { max: 16 });
	const onError = (error: unknown) => log.warn({ err: error }, "The database did not answer.");
	let chores: RunningChores | undefined;
	const failing = () => chores?.failing() ?? {};
	const liveness = await startLiveness(env.DATABASE_URL, { id, engine: env.WEFT_ENGINE, failing, onError });
	const world = await createWorld(database, id);
	await reportIsolation(world);
	const drive =
		env.WEFT_ENGINE === "embedded" ? await driveEmbedded(database, world, concurrency) : driveByServer(world);
	const sweep = () => removeWorkspaces(database.sql, world.runner);
	chores = runChores(
		[...listChores(database.sql), { name: "remove-workspaces", everyMs: SWEEP_MS, run: sweep }],
		logger.child({ part: "chores" }),
	);
	log.info({ worker: id, engine: env.WEFT_ENGINE }, "The worker is ready");

	async function stop(signal: string): Promise<void> {
		log.info({ signal }, "The worker is stopping");
		chores?.stop();
		const grace = setTimeout(() => world.signals.abortAll(), GRACE_MS);
		await drive.stop();
		clearTimeout(grace);
		await world.signals.stop();
		await liveness.stop();
		await database.close();
		process.exit(0);
	}
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));
}

/** Says at start, and in the settings, whether steps can reach this machine. */
async function reportIsolation({ sql, runner, worker }: StepWorld): Promise<void> {
	const isolation = await runner.isolation();
	const warning = warnOfIsolation(isolation);
	if (warning !== undefined) log.warn(warning);
	await publishIsolation(sql, worker, isolation);
}

async function driveEmbedded(
	database: ReturnType<typeof openDatabase>,
	world: StepWorld,
	maxInFlight: number,
): Promise<Drive> {
	const engine = createEmbeddedEngine({
		database,
		maxInFlight,
		shareOf: shareByTeam,
		log: logger.child({ part: "engine" }),
		// Only the engine's own troubles are retried by it, and PostgreSQL is back within seconds.
		backoff: (attempt) => Math.min(30_000, 500 * 2 ** attempt),
	});
	const inngest = createInngest({ fetch: engine.fetch });
	await engine.start(serve({ client: inngest, functions: [createRunPlan(inngest, world)] }));
	return { stop: () => engine.stop(GRACE_MS + 2_000) };
}

/**
 * The Inngest server calls this port; which functions there are it learns by a sync. Without a signing key requests are not
 * checked: then only this machine may call, as a development server does, and under an address that carries a key.
 */
function driveByServer(world: StepWorld): Drive {
	const inngest = createInngest();
	const { WEFT_WORKER_PORT, INNGEST_SIGNING_KEY } = getEnv();
	const handler = serveNode({ client: inngest, functions: [createRunPlan(inngest, world)] });
	const server = createServer(INNGEST_SIGNING_KEY === undefined ? askForKey(handler) : handler);
	server.listen(WEFT_WORKER_PORT, INNGEST_SIGNING_KEY === undefined ? "127.0.0.1" : undefined);
	if (INNGEST_SIGNING_KEY === undefined) {
		const address = `http://127.0.0.1:${WEFT_WORKER_PORT}/api/inngest?${WORKER_KEY}=${getWorkerKey()}`;
		log.info(`A development server calls this worker at ${address}`);
	}
	return {
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
			}),
	};
}

main().catch((error: unknown) => {
	if (error instanceof WeftError) log.error(error.message);
	else log.error({ err: error }, "The worker could not start");
	process.exit(1);
});
