import { createHash, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { RateLimiterRes } from "rate-limiter-flexible";
import type { Database, Sql } from "@/db/client";
import type { Env } from "@/server/env";
import { RetryableError } from "@/server/errors";
import type { FindProvider, LlmProvider } from "@/server/llm/provider";
import { recordCutCalls } from "@/server/model-calls/record-calls";
import { sharedLimiter } from "@/server/rate-limit";
import { retryWhileUnavailable } from "./retry-while-unavailable";

/** A place is taken for so long, and taken anew while the call goes on: a worker that dies leaves it soon. */
const PLACE_MS = 60_000;
const RENEW_MS = 20_000;
/** How often a call that waits for a place looks for one, at least and at most. */
const LOOK_MS = [100, 400] as const;

/**
 * Shares what providers allow between all workers: how many calls of the server's own keys, and to its own addresses with
 * whatever key, are under way at once and begin in a minute, for which a call waits; and the wait that a provider asks for,
 * until which no worker asks with that key again.
 */
export function limitProviders(find: FindProvider, database: Database, limits: Env["WEFT_LLM_LIMITS"]): FindProvider {
	return (name, options) => {
		const found = find(name, options);
		if (name === "demo") return found;
		const provider = options?.keepCut ? recordCutCalls(found, options.keepCut) : found;
		const brought = options?.apiKey;
		const ownKey = brought ? createHash("sha256").update(brought).digest("hex").slice(0, 32) : undefined;
		// A key that somebody makes up is no way around the limit of the server's own model server.
		const isShared = ownKey === undefined || provider.isServerAddress === true;
		const waitKey = ownKey === undefined ? name : `${name}:${ownKey}`;
		const shared = { database, waitKey, key: isShared ? name : waitKey, limit: isShared ? limits[name] : undefined };
		return { name, complete: (...call) => completeWithin(provider, { ...shared, admit: options?.admit }, call) };
	};
}

interface Shared {
	database: Database;
	/** Of the provider, and of the key that it is asked with where that is not for the server's own address. */
	key: string;
	/** Of the provider and the key that it is asked with: who is told to wait. */
	waitKey: string;
	limit: Env["WEFT_LLM_LIMITS"][string] | undefined;
	admit: (() => Promise<void>) | undefined;
}

async function completeWithin(provider: LlmProvider, shared: Shared, call: Parameters<LlmProvider["complete"]>) {
	const { database, key, waitKey, limit, admit } = shared;
	const { signal } = call[1];
	const waits = sharedLimiter(database.db, "llm-told-to-wait", { points: 1, duration: 1 });
	const told = await retryWhileUnavailable(() => waits.get(waitKey));
	if (told !== null && told.consumedPoints > 1 && told.msBeforeNext > 0)
		throw new RetryableError(`${provider.name} has asked this server to wait.`, Math.ceil(told.msBeforeNext / 1_000));
	if (limit?.perMinute) await takeTurn(shared, limit.perMinute, signal);
	const release = limit?.atOnce ? await takePlace(database.sql, { key, places: limit.atOnce, signal }) : undefined;
	try {
		await admit?.();
		return await provider.complete(...call);
	} catch (error) {
		const seconds = error instanceof RetryableError ? (error.retryAfterSeconds ?? 0) : 0;
		if (seconds > 0) await retryWhileUnavailable(() => waits.block(waitKey, Math.ceil(seconds)));
		throw error;
	} finally {
		await release?.();
	}
}

/** Counts a call, once the minute has room for it. */
async function takeTurn({ database, key }: Shared, perMinute: number, signal: AbortSignal): Promise<void> {
	const limiter = sharedLimiter(database.db, "llm-minute", { points: perMinute, duration: 60 });
	for (;;) {
		signal.throwIfAborted();
		try {
			await retryWhileUnavailable(() => limiter.consume(key));
			return;
		} catch (error) {
			if (!(error instanceof RateLimiterRes)) throw error;
			await wait(Math.max(100, error.msBeforeNext), signal);
		}
	}
}

/** Waits for one of the places of a provider. Resolves with what gives it back. */
async function takePlace(sql: Sql, { key, places, signal }: { key: string; places: number; signal: AbortSignal }) {
	const holder = randomInt(1, 2 ** 31 - 1);
	for (;;) {
		for (let place = 0; place < places; place += 1) {
			const row = `llm-place:${key}:${place}`;
			if (await retryWhileUnavailable(() => lease(sql, row, holder))) return hold(sql, row, holder);
		}
		await wait(randomInt(...LOOK_MS), signal);
	}
}

/** A row that nobody holds, whose time is up, or that is this holder's already. */
async function lease(sql: Sql, row: string, holder: number): Promise<boolean> {
	const taken = await sql`
		insert into rate_limits (key, points, expire)
		values (${row}, ${holder}, now() + make_interval(secs => ${PLACE_MS / 1_000}))
		on conflict (key) do update set points = excluded.points, expire = excluded.expire
		where rate_limits.expire < now() or rate_limits.points = ${holder}
		returning 1`;
	return taken.length > 0;
}

function hold(sql: Sql, row: string, holder: number): () => Promise<void> {
	// A renewal that fails is made up for by the next one.
	const timer = setInterval(() => void lease(sql, row, holder).catch(() => undefined), RENEW_MS);
	return async () => {
		clearInterval(timer);
		await retryWhileUnavailable(() => sql`delete from rate_limits where key = ${row} and points = ${holder}`);
	};
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
	await pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
