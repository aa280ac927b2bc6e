import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";

/** What the answers to one request may take together, in megabytes. */
const MAX_MEGABYTES = 20;
/** Large calls that this process works on at once. */
const MAX_CONCURRENT = 4;
/** Large calls that wait; further ones are refused. */
const MAX_WAITING = 500;

/** The remaining budget of one request, which its batched calls share. */
export class RequestBudget {
	#left = MAX_MEGABYTES;

	/** Throws `too_large` when the calls of this request together ask for more than one answer holds. */
	take(megabytes: number): void {
		this.#left -= megabytes;
		if (this.#left >= 0) return;
		throw new WeftError("too_large", "This request asks for too much at once. Ask for it in several requests.");
	}
}

/** Queues large work and yields to the event loop before each piece: a health check never waits for more than one. */
export async function queueLargeWork<Value>(work: () => Promise<Value>): Promise<Value> {
	const limit = oncePerProcess("large-calls", () => pLimit(MAX_CONCURRENT));
	if (limit.pendingCount >= MAX_WAITING) {
		throw new WeftError("unavailable", "The server is busy with other large requests. Try again in a moment.");
	}
	return await limit(async () => {
		await setImmediate();
		return await work();
	});
}
