import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded-postgres";
import { WeftError } from "../errors";
import { printLine } from "./launcher-log";

const START_TRIES = 10;
/** Web and worker keep the address that they were started with. */
const PORT_LOST = "The database's port was taken while it was down. Start Weft again.";

/** The database that web and worker are given. */
export interface LauncherDatabase {
	readonly url: string;
	/** Where it is, as people are told: a folder, or a server without its password. */
	readonly place: string;
	/** Rejects when it is lost for good. */
	readonly lost: Promise<never>;
	stop(mode: "fast" | "at once"): Promise<void>;
}

/** Checks that a database of one's own answers. Throws a `WeftError` that never holds the password. */
export async function reachDatabase(url: string): Promise<LauncherDatabase> {
	const { host, pathname } = new URL(url);
	const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
	try {
		await sql`select 1`;
	} catch (cause) {
		const reason =
			cause instanceof Error ? cause.message || ("code" in cause ? String(cause.code) : "") : String(cause);
		throw new WeftError("unavailable", `The database of DATABASE_URL (${host}${pathname}) does not answer: ${reason}`, {
			cause,
		});
	} finally {
		await sql.end({ timeout: 1 });
	}
	return { url, place: `${host}${pathname}`, lost: never(), stop: async () => {} };
}

/** Starts the embedded PostgreSQL and starts it again whenever it dies. */
export async function keepEmbeddedDatabase(directory: string): Promise<LauncherDatabase> {
	let server = await startEmbeddedPostgres({ directory });
	const { url, data } = server;
	const stopping = new AbortController();
	const keepRunning = async (): Promise<void> => {
		for (;;) {
			await server.exited;
			if (stopping.signal.aborted) return;
			printLine("database", "stopped; starting it again");
			server = await startAgain(directory, stopping.signal);
			if (server.url !== url) throw new WeftError("unavailable", PORT_LOST);
		}
	};
	const kept = keepRunning();
	const lost = kept.then(never);
	// Whoever waits for it may begin to do so after it has happened.
	lost.catch(() => undefined);
	return {
		url,
		place: data,
		lost,
		async stop(mode) {
			stopping.abort();
			await server.stop(mode);
			await kept.catch(() => undefined);
			await server.stop(mode);
		},
	};
}

/** It may be killed while it starts, too: only a start that fails again and again is given up. */
async function startAgain(directory: string, stopping: AbortSignal): Promise<EmbeddedPostgres> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await startEmbeddedPostgres({ directory });
		} catch (error) {
			if (attempt === START_TRIES || stopping.aborted) throw error;
			printLine("database", `${error instanceof Error ? error.message : String(error)}; trying again`);
			await wait(250 * attempt, undefined, { signal: stopping });
		}
	}
}

function never(): Promise<never> {
	return new Promise(() => {});
}
