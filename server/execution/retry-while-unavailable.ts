import { setTimeout as pause } from "node:timers/promises";
import { errorCode, FatalError } from "@/server/errors";

/** How long a query is retried while the database is unavailable. A claim that was taken over meanwhile refuses the result. */
const RETRY_FOR_MS = 600_000;

/**
 * Repeats a query while the database is unavailable or too busy, so that a restart of PostgreSQL loses no result of a step.
 * Throws `FatalError` if the database refuses the values themselves: another attempt would fail alike.
 */
export async function retryWhileUnavailable<Answer>(query: () => Promise<Answer>): Promise<Answer> {
	const until = Date.now() + RETRY_FOR_MS;
	for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
		try {
			return await query();
		} catch (error) {
			if (isRefused(error)) throw new FatalError(explainRefusal(error), { cause: error });
			if (!isTransient(error) || Date.now() > until) throw error;
			await pause(wait);
		}
	}
}

/** PostgreSQL's class 57P (shutting down, crashed, starting up), class 08, and the driver's and the system's own codes. */
const CONNECTION_LOST =
	/^(57P0[1-5]|08\w{3}|CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
/** Serialization failure and deadlock, no room (connections, memory, disk), a lock or a statement out of time, a standby. */
const BUSY = /^(40001|40P01|53\w{3}|55P03|57014|25006)$/;
/** Data that no column takes, broken constraints, limits of size and depth. */
const REFUSED = /^(22|23|54)\w{3}$/;

function isConnectionLost(error: unknown): boolean {
	return CONNECTION_LOST.test(errorCode(error) ?? "");
}

/** Whether the same query may succeed later. */
export function isTransient(error: unknown): boolean {
	return isConnectionLost(error) || BUSY.test(errorCode(error) ?? "");
}

/** Refused by PostgreSQL, or by `JSON.stringify`: nested too deep, too long, not JSON. */
function isRefused(error: unknown): error is Error {
	return error instanceof RangeError || error instanceof TypeError || REFUSED.test(errorCode(error) ?? "");
}

function explainRefusal(error: Error): string {
	const isTooMuch = error instanceof RangeError || errorCode(error)?.startsWith("54") === true;
	return isTooMuch
		? "The output of this step is too large or nested too deeply. Return a smaller value, or write it to a file."
		: "The output of this step could not be stored. See the detail, and return a simpler value.";
}
