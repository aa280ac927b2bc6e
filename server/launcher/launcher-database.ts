import postgres from "postgres";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded-postgres";
import { WeftError } from "../errors";
import { printLine } from "./launcher-log";

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
	let current = startEmbeddedPostgres({ directory });
	const { url, data } = await current;
	let isStopping = false;
	const keepRunning = async (): Promise<never> => {
		for (;;) {
			const server = await current;
			await server.exited;
			if (isStopping) return never();
			printLine("database", "stopped; starting it again");
			current = restart(directory, url);
		}
	};
	return {
		url,
		place: data,
		lost: keepRunning(),
		async stop(mode) {
			isStopping = true;
			const server = await current;
			await server.stop(mode);
		},
	};
}

/** Web and worker keep the address they were started with. */
async function restart(directory: string, url: string): Promise<EmbeddedPostgres> {
	const server = await startEmbeddedPostgres({ directory });
	if (server.url === url) return server;
	await server.stop();
	throw new WeftError("unavailable", "The database's port was taken while it was down. Start Weft again.");
}

function never(): Promise<never> {
	return new Promise(() => {});
}
