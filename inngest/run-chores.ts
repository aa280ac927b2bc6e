import type { Logger } from "pino";
import type { Chore } from "@/server/runs/chores/chore";

/** A chore of a short period that keeps failing is tried this much later at most. */
const MAX_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 1_000;

export interface RunningChores {
	/** The chores that fail at present, and how often in a row. */
	failing(): Record<string, number>;
	stop(): void;
}

/**
 * Runs each chore periodically and independently: one that fails or hangs delays no other. A failure is logged when it
 * begins, each time its count has doubled, and when it is over.
 */
export function runChores(chores: readonly Chore[], log: Pick<Logger, "warn" | "info">): RunningChores {
	const failures = new Map<string, number>();
	const timers = new Map<string, NodeJS.Timeout>();
	let isStopped = false;

	async function turn(chore: Chore): Promise<void> {
		const { name } = chore;
		const before = failures.get(name) ?? 0;
		try {
			await chore.run();
			failures.delete(name);
			if (before > 0) log.info({ chore: name, failures: before }, "A chore works again");
		} catch (error) {
			failures.set(name, before + 1);
			if (!isStopped && isPowerOfTwo(before + 1)) {
				log.warn({ err: error, chore: name, failures: before + 1 }, "A chore failed; it will be tried again");
			}
		}
		if (!isStopped)
			timers.set(
				name,
				setTimeout(() => void turn(chore), waitOf(chore, failures.get(name) ?? 0)),
			);
	}

	for (const chore of chores) void turn(chore);
	return {
		failing: () => Object.fromEntries(failures),
		stop() {
			isStopped = true;
			for (const timer of timers.values()) clearTimeout(timer);
		},
	};
}

/**
 * Milliseconds until a chore runs next: its period. After a failure it comes soon, as what was away for a moment is back;
 * then twice as late each time, in the end as late as its period, or a minute.
 */
export function waitOf({ everyMs }: Pick<Chore, "everyMs">, failures: number): number {
	if (failures === 0) return everyMs;
	return Math.min(Math.max(everyMs, MAX_WAIT_MS), FIRST_WAIT_MS * 2 ** Math.min(failures, 16));
}

function isPowerOfTwo(count: number): boolean {
	return Number.isInteger(Math.log2(count));
}
