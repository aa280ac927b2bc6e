import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { oncePerProcess } from "@/server/once-per-process";
import { countUse, type RateWindow, sharedLimiter } from "@/server/rate-limit";

const MINUTE = 60;

/** What comes from one address in a minute: many people may share one, and a page that follows a log asks often. */
const REQUESTS = { points: 3_000, duration: MINUTE };
/** Links that turn out not to work, by address. Nobody guesses 128 bits; this keeps the trying cheap. */
const MISSES = { points: 60, duration: MINUTE };
/** Passwords of one link that are tried from one address, and from all. */
const PASSWORDS = { points: 10, duration: 15 * MINUTE };
const ALL_PASSWORDS = { points: 200, duration: 60 * MINUTE };

const TOO_MANY = "Too many requests";

/** Counts a request by a link. Throws `too_many_requests` when there are too many of them. */
export async function countVisit(address: string): Promise<void> {
	await countUse(memoryLimiter("requests", REQUESTS), address, TOO_MANY);
}

/** Counts one that led nowhere; throws as `countVisit` does. */
export async function countMiss(address: string): Promise<void> {
	await countUse(memoryLimiter("misses", MISSES), address, TOO_MANY);
}

/** Counts a password that is tried, for all web servers together; throws as `countVisit` does. */
export async function countPassword(db: Db, { linkId, address }: { linkId: string; address: string }): Promise<void> {
	await countUse(sharedLimiter(db, "share-password", PASSWORDS), `${linkId} ${address}`, TOO_MANY);
	await countUse(sharedLimiter(db, "share-password-all", ALL_PASSWORDS), linkId, TOO_MANY);
}

function memoryLimiter(name: string, window: RateWindow): RateLimiterMemory {
	return oncePerProcess(`share-${name}`, () => new RateLimiterMemory(window));
}
