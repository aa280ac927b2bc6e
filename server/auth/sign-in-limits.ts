import type { RateLimiterDrizzle } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { countUse, sharedLimiter } from "@/server/rate-limit";

const MINUTES = 60;

/** Whom an attempt to sign in or up comes from, and whom it names. */
export interface Attempt {
	address: string;
	email: string;
	/** A device on which this person has signed in before. */
	device?: string | undefined;
}

/**
 * What each window allows. An attacker may have many addresses, so an e-mail has a limit of its own; on a device that its
 * owner has used before, only the tries from that device count, so that nobody else can lock the owner out.
 */
const WINDOWS = {
	"sign-in-device": { key: ({ device, email }: Attempt) => `${device} ${email}`, points: 10, duration: 15 * MINUTES },
	"sign-in": { key: ({ address, email }: Attempt) => `${address} ${email}`, points: 10, duration: 15 * MINUTES },
	"sign-in-email": { key: ({ email }: Attempt) => email, points: 50, duration: 60 * MINUTES },
	"sign-in-address": { key: ({ address }: Attempt) => address, points: 200, duration: 15 * MINUTES },
	"reset-email": { key: ({ email }: Attempt) => email, points: 5, duration: 60 * MINUTES },
	"reset-address": { key: ({ address }: Attempt) => address, points: 20, duration: 60 * MINUTES },
	"address-link": { key: ({ email }: Attempt) => email, points: 5, duration: 60 * MINUTES },
	"password-change": { key: ({ email }: Attempt) => email, points: 10, duration: 15 * MINUTES },
	"sign-up-address": { key: ({ address }: Attempt) => address, points: 20, duration: 60 * MINUTES },
} as const;
type Window = keyof typeof WINDOWS;

/** Counts an attempt to sign in. Throws `too_many_requests` with the seconds to wait when there were too many. */
export async function countSignIn(db: Db, attempt: Attempt): Promise<void> {
	await countAttempt(db, attempt, signInWindows(attempt));
}

/** Counts an attempt to make an account; throws as `countSignIn` does. */
export async function countSignUp(db: Db, attempt: Attempt): Promise<void> {
	await countAttempt(db, attempt, ["sign-up-address"]);
}

/** Counts a try to change a password by the old one; throws as `countSignIn` does. */
export async function countPasswordChange(db: Db, email: string): Promise<void> {
	await countAttempt(db, { address: "", email }, ["password-change"]);
}

/** Counts a request for a link to set a new password, whether there is such an account or not; throws as `countSignIn` does. */
export async function countReset(db: Db, attempt: Attempt): Promise<void> {
	await countAttempt(db, attempt, ["reset-address", "reset-email"]);
}

/** Counts a link that is sent to verify an address; throws as `countSignIn` does. */
export async function countAddressLink(db: Db, email: string): Promise<void> {
	await countAttempt(db, { address: "", email }, ["address-link"]);
}

function signInWindows({ device }: Attempt): readonly Window[] {
	// The narrowest first: what it refuses counts in no other, so one address cannot use up what an e-mail has for all.
	return device === undefined ? ["sign-in", "sign-in-address", "sign-in-email"] : ["sign-in-device"];
}

async function countAttempt(db: Db, attempt: Attempt, windows: readonly Window[]): Promise<void> {
	for (const name of windows) await countUse(limiterOf(db, name), WINDOWS[name].key(attempt), "Too many attempts");
}

/** Whoever got in starts anew; many people may share an address, where only this attempt is taken back. */
export async function forgetAttempts(db: Db, attempt: Attempt): Promise<void> {
	for (const name of signInWindows(attempt)) {
		const limiter = limiterOf(db, name);
		const key = WINDOWS[name].key(attempt);
		if (name === "sign-in-address") await limiter.reward(key, 1);
		else await limiter.delete(key);
	}
}

function limiterOf(db: Db, name: Window): RateLimiterDrizzle {
	const { points, duration } = WINDOWS[name];
	return sharedLimiter(db, name, { points, duration });
}
