import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { type Env, getEnv } from "../env";
import { localOrigin } from "../public-address";
import { seedDemo } from "../workflows/seed-demo";
import { awaitReady } from "./await-ready";
import { ensureBuilt } from "./build";
import { checkPort } from "./check-port";
import { prepareDataDirectory, readOrCreateSecret } from "./data-directory";
import { type DataLock, lockDataDirectory } from "./data-lock";
import { keepEmbeddedDatabase, type LauncherDatabase, reachDatabase } from "./launcher-database";
import { printLine } from "./launcher-log";
import { type Mode, type PartOptions, webPart, workerPart } from "./parts";
import { listenForShutdown, type ShutdownSignals } from "./shutdown-signals";
import { SupervisedProcess } from "./supervised-process";
import { watchWorker } from "./worker-bundle";

/** The processes of a killed launcher exit by themselves within this time. */
const TAKE_OVER_MS = 6_000;

/** Everything that was started so far, ended in this order. */
interface Running {
	watcher?: { dispose(): Promise<void> };
	web?: SupervisedProcess;
	worker?: SupervisedProcess;
	database?: LauncherDatabase;
	lock: DataLock;
}

/**
 * Runs all of Weft until it is told to stop: database, migrations, seed, web and worker. Throws a `WeftError` when
 * something stands in the way; nothing is left running then.
 */
export async function startWeft(root: string, mode: Mode): Promise<void> {
	const env = getEnv();
	const signals = listenForShutdown();
	const dataDirectory = prepareDataDirectory(env.WEFT_DATA_DIR);
	const running: Running = { lock: lockDataDirectory(dataDirectory) };
	signals.onForce(() => void endAtOnce(running));
	try {
		await checkPort(env.HOST, env.PORT, running.lock.isTakenOver ? TAKE_OVER_MS : 0);
		if (env.DATABASE_URL) running.database = await reachDatabase(env.DATABASE_URL);
		if (mode === "start") await ensureBuilt(root, signals.requested);
		await bringUp(running, { root, mode, env, dataDirectory }, signals);
	} catch (error) {
		if (!signals.requested.aborted) throw error;
	} finally {
		if (signals.requested.aborted) printLine("weft", "Stopping. Press Ctrl-C again to stop at once.");
		await end(running);
	}
}

type Place = Pick<PartOptions, "root" | "mode" | "env" | "dataDirectory">;

async function bringUp(running: Running, place: Place, { requested }: ShutdownSignals): Promise<void> {
	const { env, dataDirectory } = place;
	requested.throwIfAborted();
	running.database ??= await keepEmbeddedDatabase(dataDirectory);
	const { database } = running;
	const secret = env.WEFT_SECRET ?? readOrCreateSecret(dataDirectory);
	const options: PartOptions = { ...place, databaseUrl: database.url, secret };
	await prepareDatabase(database.url, secret, env);
	requested.throwIfAborted();
	await startParts(running, options);
	const { missing } = await awaitReady(localOrigin(env), running, requested);
	printWelcome(place, database, missing);
	await Promise.race([untilAborted(requested), database.lost]);
}

async function prepareDatabase(url: string, secret: string, env: Env): Promise<void> {
	await migrateDatabase(url);
	if (env.WEFT_DEMO_LOGIN === "nobody") return;
	const database = openDatabase(url, { max: 1 });
	try {
		await seedDemo(database, secret);
	} finally {
		await database.close();
	}
}

async function startParts(running: Running, options: PartOptions): Promise<void> {
	running.web = new SupervisedProcess(webPart(options));
	const startWorker = () => {
		running.worker = new SupervisedProcess(workerPart(options));
	};
	if (options.mode === "start") return startWorker();
	running.watcher = await watchWorker(options.root, () => (running.worker ? running.worker.restart() : startWorker()));
}

async function end({ watcher, web, worker, database, lock }: Running): Promise<void> {
	try {
		await watcher?.dispose();
		await Promise.all([web?.stop(), worker?.stop()]);
		await database?.stop("fast");
	} finally {
		lock.release();
	}
}

async function endAtOnce({ web, worker, database, lock }: Running): Promise<void> {
	web?.kill();
	worker?.kill();
	await database?.stop("at once");
	lock.release();
	process.exit(130);
}

function printWelcome({ env, dataDirectory }: Place, database: LauncherDatabase, missing: string | undefined): void {
	const lines = [
		`Weft runs at ${env.AUTH_URL ?? localOrigin(env)}`,
		env.WEFT_DEMO_LOGIN !== "nobody"
			? "Sign in:   press “Try the demo” there; no account is needed."
			: "Sign in:   with your account. WEFT_DEMO_LOGIN=on adds a demo user that anybody may sign in as.",
		`Data:      ${dataDirectory} (delete it while Weft is stopped to start afresh)`,
		...(database.place.startsWith(dataDirectory) ? [] : [`Database:  ${database.place}`]),
		"Stop:      Ctrl-C",
	];
	for (const line of lines) printLine("weft", line);
	if (missing !== undefined) printLine("weft", `Not everything is up yet. ${missing}`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		signal.addEventListener("abort", () => resolve(), { once: true });
	});
}
