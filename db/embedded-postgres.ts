import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { canReach, findPostgresAccount, type PostgresAccount } from "./postgres-account";
import { copyPostgresBinaries, findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import {
	findRunningPostgres,
	POSTGRES_ENV,
	type PostgresCommand,
	type PostgresProcess,
	removeDeadPidFile,
	spawnPostgres,
	stopPostgres,
} from "./postgres-process";

const run = promisify(execFile);

/** Where root stores what the user `postgres` cannot reach in the data directory (for example below /root). */
const SHARED_HOME = "/var/lib/weft";

/** How often a start is tried: right after a crash the dead server's last processes may still hold its memory. */
const START_TRIES = 20;

const SMALL_SERVER = {
	listen_addresses: "127.0.0.1",
	unix_socket_directories: "",
	shared_buffers: "48MB",
	max_connections: "120",
	max_wal_size: "256MB",
	wal_level: "minimal",
	max_wal_senders: "0",
	max_parallel_workers: "0",
	max_worker_processes: "1",
	autovacuum_max_workers: "1",
	io_method: "sync",
	huge_pages: "off",
	jit: "off",
	log_min_messages: "fatal",
};

/** For tests: quick, and lost on a power cut. */
const NON_DURABLE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "400" };

export interface EmbeddedPostgresOptions {
	/** An existing folder, as an absolute path, which the server's files go into. */
	directory: string;
	/** False gives up durability for speed: a database of tests. */
	durable?: boolean;
}

export interface EmbeddedPostgres {
	readonly url: string;
	readonly pid: number;
	/** Resolves when the server is gone, whoever ended it. */
	readonly exited: Promise<void>;
	/** PostgreSQL's own data directory. */
	readonly data: string;
	stop(mode?: "fast" | "at once"): Promise<void>;
}

const stateSchema = z.object({ port: z.number(), password: z.string(), data: z.string() });
type State = z.infer<typeof stateSchema>;

/**
 * Starts the PostgreSQL of a data directory, making it on the first start, or attaches to the one that still runs
 * there after its launcher was killed. Throws a `WeftError` that says why it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const account = await findPostgresAccount();
	const state = (await readState(options.directory)) ?? (await createState(options.directory, account));
	const process = (await findRunningPostgres(state.data)) ?? (await start(options, state, account));
	return {
		url: `postgres://weft:${state.password}@127.0.0.1:${process.port}/postgres`,
		pid: process.pid,
		exited: process.exited,
		data: state.data,
		stop: (mode = "fast") => stopPostgres(process, mode),
	};
}

async function start(
	{ directory, durable = true }: EmbeddedPostgresOptions,
	state: State,
	account: PostgresAccount | undefined,
): Promise<PostgresProcess> {
	const binaries = await reachableBinaries(account);
	if (!existsSync(join(state.data, "PG_VERSION"))) await initialise(binaries, state, account);
	const port = await findFreePort(state.port);
	if (port !== state.port) await writeState(directory, { ...state, port });
	return startWithRetries({
		program: binaries.postgres,
		data: state.data,
		port,
		settings: durable ? SMALL_SERVER : { ...SMALL_SERVER, ...NON_DURABLE },
		account,
		log: join(directory, "postgres.log"),
	});
}

async function startWithRetries(command: PostgresCommand): Promise<PostgresProcess> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await spawnPostgres(command);
		} catch (error) {
			const isHeld = error instanceof Error && /shared memory block|lock file/.test(error.message);
			if (!isHeld || attempt > START_TRIES) throw error;
			// A dead server that is not reaped stays a zombie, which PostgreSQL takes for alive.
			if (attempt === START_TRIES) await removeDeadPidFile(command.data);
			else await wait(250);
		}
	}
}

/** Created in a temporary folder and then renamed: an interrupted start leaves no incomplete database. */
async function initialise(binaries: PostgresBinaries, state: State, account: PostgresAccount | undefined) {
	const partial = `${state.data}.new`;
	const passwordFile = `${state.data}.password`;
	await rm(partial, { recursive: true, force: true });
	await mkdir(partial, { recursive: true, mode: 0o700 });
	await writeFile(passwordFile, `${state.password}\n`, { mode: 0o600 });
	if (account) await Promise.all([partial, passwordFile].map((path) => chown(path, account.uid, account.gid)));
	const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
	try {
		await run(
			binaries.initdb,
			["-D", partial, "-U", "weft", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-sync", ...locale],
			{ ...account, env: POSTGRES_ENV },
		);
	} finally {
		await rm(passwordFile);
	}
	await rename(partial, state.data);
}

async function reachableBinaries(account: PostgresAccount | undefined): Promise<PostgresBinaries> {
	const binaries = await findPostgresBinaries();
	if (!account || (await canReach(binaries.postgres, account))) return binaries;
	return copyPostgresBinaries(binaries, SHARED_HOME);
}

async function readState(directory: string): Promise<State | undefined> {
	const path = join(directory, "postgres.json");
	if (!existsSync(path)) return undefined;
	return stateSchema.parse(JSON.parse(await readFile(path, "utf8")));
}

async function createState(directory: string, account: PostgresAccount | undefined): Promise<State> {
	const own = join(realpathSync(directory), "postgres");
	const isOwnReachable = !account || (await canReach(own, account));
	const data = isOwnReachable ? own : join(SHARED_HOME, randomBytes(8).toString("hex"));
	await mkdir(join(data, ".."), { recursive: true });
	return writeState(directory, { port: 0, password: randomBytes(24).toString("hex"), data });
}

async function writeState(directory: string, state: State): Promise<State> {
	const path = join(directory, "postgres.json");
	await writeFile(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
	await rename(`${path}.new`, path);
	return state;
}

/** The wanted port if it is free, else another free one. */
async function findFreePort(wanted: number): Promise<number> {
	const server = createServer().listen(wanted, "127.0.0.1");
	try {
		await once(server, "listening");
	} catch (error) {
		if (wanted === 0) throw error;
		return findFreePort(0);
	}
	const address = server.address();
	server.close();
	await once(server, "close");
	return typeof address === "object" && address !== null ? address.port : wanted;
}
