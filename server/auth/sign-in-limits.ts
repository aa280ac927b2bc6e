import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { rateLimits } from "@/db/schema/operations";
import { WeftError } from "@/server/errors";

const MINUTES = 60;

/** Whom an attempt to sign in or up comes from, and whom it names. */
export interface Attempt {
	address: string;
	email: string;
}

/** What each window allows. The address can be forged where no proxy sets it, so the e-mail has a limit of its own. */
const WINDOWS = {
	"sign-in": { key: ({ address, email }: Attempt) => `${address} ${email}`, points: 10, duration: 15 * MINUTES },
	"sign-in-email": { key: ({ email }: Attempt) => email, points: 50, duration: 60 * MINUTES },
	"sign-in-address": { key: ({ address }: Attempt) => address, points: 200, duration: 15 * MINUTES },
	"sign-up-address": { key: ({ address }: Attempt) => address, points: 20, duration: 60 * MINUTES },
} as const;
type Window = keyof typeof WINDOWS;

/** Counts one attempt. Throws `too_many_requests` with the seconds to wait when one of the windows is full. */
export async function countAttempt(db: Db, attempt: Attempt, windows: readonly Window[]): Promise<void> {
	for (const name of windows) {
		try {
			await limiterOf(db, name).consume(WINDOWS[name].key(attempt));
		} catch (error) {
			if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
			throw error;
		}
	}
}

/** Whoever got in starts anew. */
export async function forgetAttempts(db: Db, attempt: Attempt): Promise<void> {
	for (const name of ["sign-in", "sign-in-email"] as const) {
		await limiterOf(db, name).delete(WINDOWS[name].key(attempt));
	}
}

const limiters = new WeakMap<Db, Map<Window, RateLimiterDrizzle>>();

/** Made once: each limiter also clears old counts away now and then. */
function limiterOf(db: Db, name: Window): RateLimiterDrizzle {
	const made = limiters.get(db) ?? new Map<Window, RateLimiterDrizzle>();
	limiters.set(db, made);
	const { points, duration } = WINDOWS[name];
	const limiter =
		made.get(name) ??
		new RateLimiterDrizzle({ storeClient: db, schema: rateLimits, keyPrefix: name, points, duration });
	made.set(name, limiter);
	return limiter;
}

function tooMany(waitMs: number): WeftError {
	const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000));
	const minutes = Math.ceil(retryAfterSeconds / MINUTES);
	const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
	return new WeftError("too_many_requests", `Too many attempts. Try again in ${wait}.`, { retryAfterSeconds });
}
