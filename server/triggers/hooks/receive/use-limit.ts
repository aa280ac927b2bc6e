import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { oncePerProcess } from "@/server/once-per-process";
import { sharedLimiter } from "@/server/rate-limit";

interface Waiting {
	perMinute: number;
	answer: (retryAfterSeconds: number | undefined) => void;
	fail: (error: unknown) => void;
}

/** The uses of one trigger that wait for the count in flight. */
const waiting = new WeakMap<Db, Map<string, Waiting[]>>();

/**
 * Counts a use of a trigger, whose signature was right, among those of all web servers. Returns the seconds to wait when
 * there were too many; undefined otherwise. Uses that come while others are being counted are counted together.
 */
export async function countHookUse(db: Db, trigger: { id: string; perMinute: number }): Promise<number | undefined> {
	const all = waiting.get(db) ?? new Map<string, Waiting[]>();
	waiting.set(db, all);
	return await new Promise<number | undefined>((answer, fail) => {
		const use = { perMinute: trigger.perMinute, answer, fail };
		const line = all.get(trigger.id);
		if (line) {
			line.push(use);
			return;
		}
		all.set(trigger.id, [use]);
		void countInTurn(db, all, trigger.id);
	});
}

async function countInTurn(db: Db, all: Map<string, Waiting[]>, id: string): Promise<void> {
	// Those of the same tick are counted together.
	await Promise.resolve();
	for (let batch = takeAll(all, id); batch.length > 0; batch = takeAll(all, id)) await countBatch(db, id, batch);
	all.delete(id);
}

function takeAll(all: Map<string, Waiting[]>, id: string): Waiting[] {
	const batch = all.get(id) ?? [];
	all.set(id, []);
	return batch;
}

/** Never reached: each trigger has a limit of its own, which is compared here. */
const WINDOW = { points: Number.MAX_SAFE_INTEGER, duration: 60 };

async function countBatch(db: Db, id: string, batch: readonly Waiting[]): Promise<void> {
	try {
		const { consumedPoints, msBeforeNext } = await sharedLimiter(db, "hooks", WINDOW).consume(id, batch.length);
		const before = consumedPoints - batch.length;
		for (const [index, { perMinute, answer }] of batch.entries()) {
			answer(before + index < perMinute ? undefined : Math.max(1, Math.ceil(msBeforeNext / 1_000)));
		}
	} catch (error) {
		for (const { fail } of batch) fail(error);
	}
}

/** Whether this process still writes down what it refuses of a trigger, looks at what a draft waits for, or answers guesses. */
export async function isWithinMinute(what: "refusals" | "guesses" | "tests", key: string): Promise<boolean> {
	const limiters = oncePerProcess("hook-limits", () => ({
		refusals: new RateLimiterMemory({ points: 60, duration: 60 }),
		tests: new RateLimiterMemory({ points: 60, duration: 60 }),
		guesses: new RateLimiterMemory({ points: 300, duration: 60 }),
	}));
	try {
		await limiters[what].consume(key);
		return true;
	} catch (error) {
		if (error instanceof RateLimiterRes) return false;
		throw error;
	}
}
