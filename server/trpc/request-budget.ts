import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";

/** What the answers to one request may take together, in megabytes. */
const MOST_MEGABYTES = 20;
/** Large calls that this process works on at once. */
const AT_ONCE = 4;
/** Large calls that wait. Whoever comes then is told to come again. */
const MOST_WAITING = 500;

/** What is left of one request's share: its calls travel together, and each may ask for much. */
export class RequestBudget {
	#left = MOST_MEGABYTES;

	/** Throws `too_large` when the calls of this request together ask for more than one answer holds. */
	take(megabytes: number): void {
		this.#left -= megabytes;
		if (this.#left >= 0) return;
		throw new WeftError("too_large", "This request asks for too much at once. Ask for it in several requests.");
	}
}

/** Lets others have their turn between two pieces of large work: a health check never waits for more than one. */
export async function takeTurns<Value>(work: () => Promise<Value>): Promise<Value> {
	const limit = oncePerProcess("large-calls", () => pLimit(AT_ONCE));
	if (limit.pendingCount >= MOST_WAITING) {
		throw new WeftError("unavailable", "The server is busy with other large requests. Try again in a moment.");
	}
	return await limit(async () => {
		await setImmediate();
		return await work();
	});
}
