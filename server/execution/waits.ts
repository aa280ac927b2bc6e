import type { RunSignals } from "./run-signals";

/** What a walk waits for while it goes on elsewhere, and what the engine waits for once all of it waits. */
export interface Waits {
	/** @param at milliseconds since the epoch */
	sleepUntil(at: number): Promise<void>;
	/** Until somebody may have decided, or until a time; null when only a decision ends the wait. */
	untilDecision(until: number | null): Promise<void>;
	/** Leaves the walk to another worker, as soon as nothing of it runs here. */
	handOver(): Promise<void>;
	next(): NextWake;
}

export interface NextWake {
	/** When the first of those that sleep wakes, in milliseconds since the epoch. */
	until?: number;
	/** Whether a decision wakes one of them. */
	decision: boolean;
}

interface Sleeper {
	at: number | null;
	decision: boolean;
}

/** @param signal once it is aborted, whatever waits rejects with its reason */
export function createWaits(signals: RunSignals, runId: string, signal: AbortSignal): Waits {
	const sleepers = new Set<Sleeper>();

	async function wait(sleeper: Sleeper, work: () => Promise<void>): Promise<void> {
		sleepers.add(sleeper);
		await work().finally(() => sleepers.delete(sleeper));
	}

	return {
		sleepUntil: (at) => wait({ at, decision: false }, () => sleep(at - Date.now(), signal)),
		handOver: () => wait({ at: 0, decision: false }, () => sleep(null, signal)),
		untilDecision: (until) =>
			wait({ at: until, decision: true }, () =>
				sleep(until === null ? null : until - Date.now(), signal, (wake) => signals.onSignal(runId, wake)),
			),
		next() {
			const times = [...sleepers].flatMap(({ at }) => (at === null ? [] : [at]));
			const decision = [...sleepers].some((sleeper) => sleeper.decision);
			return { decision, ...(times.length > 0 && { until: Math.min(...times) }) };
		},
	};
}

/**
 * Resolves after so many milliseconds, or when it is woken; rejects with the signal's reason when it is aborted first.
 * @param ms null: only when it is woken
 * @param listen hands over how to wake it; returns how to stop that
 */
export function sleep(
	ms: number | null,
	signal: AbortSignal,
	listen?: (wake: () => void) => () => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const timer = ms === null ? undefined : setTimeout(done, Math.min(Math.max(0, ms), 2 ** 31 - 1));
		const stopListening = listen?.(done);
		function clean() {
			clearTimeout(timer);
			signal.removeEventListener("abort", stop);
			stopListening?.();
		}
		function done() {
			clean();
			resolve();
		}
		function stop() {
			clean();
			reject(signal.reason);
		}
		signal.addEventListener("abort", stop, { once: true });
	});
}
