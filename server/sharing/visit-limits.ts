import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { oncePerProcess } from "@/server/once-per-process";
import { countUse, type RateWindow, sharedLimiter } from "@/server/rate-limit";

const MINUTE = 60;

/** What comes from one address in a minute: many people may share one, and a page that follows a log asks often. */
const REQUESTS = { points: 3_000, duration: MINUTE };
/** Links that turn out not to work, by address. Nobody guesses 128 bits; this keeps the trying cheap. */
const MISSES = { points: 60, duration: MINUTE };
/** Films that are made for one address: each takes the server a good while. */
const FILMS = { points: 20, duration: MINUTE };
/** Pictures that are drawn for one address: most of them are kept, and asked for again. */
const PICTURES = { points: 30, duration: MINUTE };
/** Passwords of one link that are tried from one address. */
const PASSWORDS = { points: 10, duration: 15 * MINUTE };
/** And while many of them are wrong, wherever they come from: those who know it come in late, but come in. */
const GUESSED = { points: 3, duration: 15 * MINUTE };
const WRONG = { points: 100, duration: 60 * MINUTE };
const GUESSED_WAIT_MS = 3_000;

const TOO_MANY = "Too many requests";

/** Counts a request by a link. Throws `too_many_requests` when there are too many of them. */
export async function countVisit(address: string): Promise<void> {
	await countUse(memoryLimiter("requests", REQUESTS), address, TOO_MANY);
}

/** Counts one that led nowhere; throws as `countVisit` does. */
export async function countMiss(address: string): Promise<void> {
	await countUse(memoryLimiter("misses", MISSES), address, TOO_MANY);
}

/** Counts a film that is asked for; throws as `countVisit` does. */
export async function countFilm(address: string): Promise<void> {
	await countUse(memoryLimiter("films", FILMS), address, TOO_MANY);
}

/** Counts a picture that has to be drawn; throws as `countVisit` does. */
export async function countPicture(address: string): Promise<void> {
	await countUse(memoryLimiter("pictures", PICTURES), address, TOO_MANY);
}

interface PasswordTry {
	linkId: string;
	address: string;
}

/**
 * Counts a password that is tried, for all web servers together; throws as `countVisit` does, for one address alone: nobody
 * locks others out. Returns how long to wait before it is looked at, in ms.
 */
export async function countPassword(db: Db, { linkId, address }: PasswordTry): Promise<number> {
	await countUse(sharedLimiter(db, "share-password", PASSWORDS), `${linkId} ${address}`, TOO_MANY);
	const wrong = await wrongPasswords(db).get(linkId);
	if ((wrong?.consumedPoints ?? 0) < WRONG.points) return 0;
	await countUse(sharedLimiter(db, "share-password-guessed", GUESSED), `${linkId} ${address}`, TOO_MANY);
	return GUESSED_WAIT_MS;
}

/** Counts one that was not right. */
export async function countWrongPassword(db: Db, linkId: string): Promise<void> {
	await wrongPasswords(db).penalty(linkId);
}

function wrongPasswords(db: Db) {
	return sharedLimiter(db, "share-password-wrong", WRONG);
}

function memoryLimiter(name: string, window: RateWindow): RateLimiterMemory {
	return oncePerProcess(`share-${name}`, () => new RateLimiterMemory(window));
}
