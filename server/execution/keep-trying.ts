import { setTimeout as pause } from "node:timers/promises";
import { errorCode, FatalError } from "@/server/errors";

/** How long a result is held on to while the database is away. A claim that was taken over meanwhile refuses it. */
const PATIENCE_MS = 600_000;

/**
 * Repeats a query while the database is away or busy with somebody else's, so that what a step has done is not forgotten
 * for a restart of PostgreSQL. What it refuses for what it is given throws `FatalError`: another try would end the same.
 */
export async function keepTrying<Answer>(query: () => Promise<Answer>): Promise<Answer> {
	const until = Date.now() + PATIENCE_MS;
	for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
		try {
			return await query();
		} catch (error) {
			if (isRefused(error)) throw new FatalError(explainRefusal(error), { cause: error });
			if (!isPassing(error) || Date.now() > until) throw error;
			await pause(wait);
		}
	}
}

/** PostgreSQL's class 57P (shutting down, crashed, starting up), class 08, and the driver's and the system's own codes. */
const LOST = /^(57P0[1-5]|08\w{3}|CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
/** Serialization failure and deadlock, no room (connections, memory, disk), a lock or a statement out of time, a standby. */
const BUSY = /^(40001|40P01|53\w{3}|55P03|57014|25006)$/;
/** Data that no column takes, broken constraints, limits of size and depth. */
const REFUSED = /^(22|23|54)\w{3}$/;

function isConnectionLost(error: unknown): boolean {
	return LOST.test(errorCode(error) ?? "");
}

/** Whether the same query may succeed later. */
export function isPassing(error: unknown): boolean {
	return isConnectionLost(error) || BUSY.test(errorCode(error) ?? "");
}

/** By PostgreSQL, or because it cannot be written as JSON: too deep, too long, not JSON. */
function isRefused(error: unknown): error is Error {
	return error instanceof RangeError || error instanceof TypeError || REFUSED.test(errorCode(error) ?? "");
}

function explainRefusal(error: Error): string {
	const isTooMuch = error instanceof RangeError || errorCode(error)?.startsWith("54") === true;
	return isTooMuch
		? "The output of this step is too large or nested too deeply. Return a smaller value, or write it to a file."
		: "The output of this step could not be stored. See the detail, and return a simpler value.";
}
