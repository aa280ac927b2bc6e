import { RateLimiterDrizzle, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { rateLimits } from "@/db/schema/operations";
import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";

const MINUTE = 60;

/** What comes from one address in a minute: many people may share one, and a page that follows a log asks often. */
const REQUESTS = { points: 3_000, duration: MINUTE };
/** Links that turn out not to work, by address. Nobody guesses 128 bits; this keeps the trying cheap. */
const MISSES = { points: 60, duration: MINUTE };
/** Passwords of one link that are tried from one address, and from all. */
const PASSWORDS = {
	"share-password": { points: 10, duration: 15 * MINUTE },
	"share-password-all": { points: 200, duration: 60 * MINUTE },
} as const;

/** Counts a request by a link. Throws `too_many_requests` when there are too many of them. */
export async function countVisit(address: string): Promise<void> {
	await take(memoryLimiter("requests", REQUESTS), address);
}

/** Counts one that led nowhere; throws as `countVisit` does. */
export async function countMiss(address: string): Promise<void> {
	await take(memoryLimiter("misses", MISSES), address);
}

/** Counts a password that is tried, for all web servers together; throws as `countVisit` does. */
export async function countPassword(db: Db, { linkId, address }: { linkId: string; address: string }): Promise<void> {
	await take(passwordLimiter(db, "share-password"), `${linkId} ${address}`);
	await take(passwordLimiter(db, "share-password-all"), linkId);
}

interface Limiter {
	consume(key: string): Promise<RateLimiterRes>;
}

async function take(limiter: Limiter, key: string): Promise<void> {
	try {
		await limiter.consume(key);
	} catch (error) {
		if (!(error instanceof RateLimiterRes)) throw error;
		const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
		const minutes = Math.ceil(retryAfterSeconds / MINUTE);
		const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
		throw new WeftError("too_many_requests", `Too many requests. Try again in ${wait}.`, { retryAfterSeconds });
	}
}

function memoryLimiter(name: string, options: { points: number; duration: number }): RateLimiterMemory {
	return oncePerProcess(`share-${name}`, () => new RateLimiterMemory(options));
}

const limiters = new WeakMap<Db, Map<string, RateLimiterDrizzle>>();

function passwordLimiter(db: Db, name: keyof typeof PASSWORDS): RateLimiterDrizzle {
	const made = limiters.get(db) ?? new Map<string, RateLimiterDrizzle>();
	limiters.set(db, made);
	const limiter =
		made.get(name) ??
		new RateLimiterDrizzle({ storeClient: db, schema: rateLimits, keyPrefix: name, ...PASSWORDS[name] });
	made.set(name, limiter);
	return limiter;
}
