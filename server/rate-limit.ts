import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { rateLimits } from "@/db/schema/operations";
import { WeftError } from "./errors";

const MINUTE = 60;

/** How many uses are allowed in how many seconds. */
export interface RateWindow {
	points: number;
	duration: number;
}

const limiters = new WeakMap<Db, Map<string, RateLimiterDrizzle>>();

/**
 * The limiter of a window that all web servers share, in the database. Made once for each name: it also clears old counts
 * away now and then.
 */
export function sharedLimiter(db: Db, name: string, window: RateWindow): RateLimiterDrizzle {
	const made = limiters.get(db) ?? new Map<string, RateLimiterDrizzle>();
	limiters.set(db, made);
	const limiter =
		made.get(name) ?? new RateLimiterDrizzle({ storeClient: db, schema: rateLimits, keyPrefix: name, ...window });
	made.set(name, limiter);
	return limiter;
}

/**
 * Counts a use. Throws `too_many_requests` with the seconds to wait when there were too many.
 * @param what begins the message, as in "Too many attempts"
 */
export async function countUse(
	limiter: { consume(key: string): Promise<RateLimiterRes> },
	key: string,
	what: string,
): Promise<void> {
	try {
		await limiter.consume(key);
	} catch (error) {
		if (!(error instanceof RateLimiterRes)) throw error;
		const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
		const minutes = Math.ceil(retryAfterSeconds / MINUTE);
		const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
		throw new WeftError("too_many_requests", `${what}. Try again in ${wait}.`, { retryAfterSeconds });
	}
}
