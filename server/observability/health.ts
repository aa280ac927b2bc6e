import type { SqlLike } from "@/db/client";
import { readMigrationState } from "@/db/migration-state";

/** A worker without a heartbeat for so long is not counted. */
export const WORKER_SILENCE_SECONDS = 15;
const DATABASE_TIMEOUT_MS = 3_000;

/** The chore of a worker that keeps the engine knowing its functions. */
export const JOIN_ENGINE = "join-engine";

export type Health =
	/** `failing`: chores of living workers that fail at present, and how often in a row. */
	{ status: "ok"; failing?: Record<string, number> } | { status: "unavailable"; part: Part; message: string };

type Part = "database" | "migrations" | "worker" | "engine";

/** Whether this installation can do its work: else the first part that keeps it from doing so. Never throws. */
export async function checkHealth(sql: SqlLike): Promise<Health> {
	try {
		return await withTimeout(inspect(sql));
	} catch {
		return unavailable("database", "The database does not answer.");
	}
}

async function inspect(sql: SqlLike): Promise<Health> {
	const { missing, foreign } = await readMigrationState(sql);
	if (foreign > 0) return unavailable("migrations", "The database was migrated by a newer version of Weft.");
	if (missing > 0) return unavailable("migrations", "The database is not up to date. Run weft migrate.");
	const workers = await sql<{ failing: Record<string, number> }[]>`
		select failing from workers where seen_at > now() - make_interval(secs => ${WORKER_SILENCE_SECONDS})`;
	if (workers.length === 0) {
		return unavailable("worker", `No worker was alive in the last ${WORKER_SILENCE_SECONDS} seconds.`);
	}
	if (workers.every((worker) => JOIN_ENGINE in worker.failing)) {
		return unavailable("engine", "The Inngest server does not know Weft's functions. Look at the worker's log.");
	}
	const failing = Object.assign({}, ...workers.map((worker) => worker.failing));
	return { status: "ok", ...(Object.keys(failing).length > 0 && { failing }) };
}

function unavailable(part: Part, message: string): Health {
	return { status: "unavailable", part, message };
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const expiry = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("The database did not answer in time.")), DATABASE_TIMEOUT_MS);
	});
	try {
		return await Promise.race([work, expiry]);
	} finally {
		clearTimeout(timer);
	}
}
