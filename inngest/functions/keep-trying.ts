import { setTimeout as pause } from "node:timers/promises";

/** How long a result is held on to while the database is away. */
const PATIENCE_MS = 60_000;

/**
 * Repeats a write while the database cannot be reached, so that what a step has done is not forgotten for a restart of
 * PostgreSQL. Everything else fails at once.
 */
export async function keepTrying<Answer>(write: () => Promise<Answer>): Promise<Answer> {
	const until = Date.now() + PATIENCE_MS;
	for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
		try {
			return await write();
		} catch (error) {
			if (!isConnectionLost(error) || Date.now() > until) throw error;
			await pause(wait);
		}
	}
}

/** PostgreSQL's class 57P (shutting down, crashed, starting up), class 08, and the driver's and the system's own codes. */
const LOST = /^(57P0[1-3]|08\w{3}|CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE)$/;

export function isConnectionLost(error: unknown): boolean {
	return error instanceof Error && "code" in error && typeof error.code === "string" && LOST.test(error.code);
}
