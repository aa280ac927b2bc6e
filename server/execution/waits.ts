import type { RunSignals } from "./run-signals";

/** The suspended steps of a walk, and what the engine waits for once all steps are suspended. */
export interface Waits {
	/** @param at milliseconds since the epoch */
	sleepUntil(at: number): Promise<void>;
	/** Resolves when the wait may have been answered, or at `until`; null if only an answer ends it. */
	untilAnswer(until: number | null): Promise<void>;
	/** Suspends the step so that the walk ends here, and another worker continues it. */
	handOver(): Promise<void>;
	next(): NextWake;
}

export interface NextWake {
	/** The earliest time at which a step resumes, in milliseconds since the epoch; undefined if none has a time. */
	until?: number;
	/** Whether a step waits for an answer: a decision, say. */
	answer: boolean;
}

interface Sleeper {
	at: number | null;
	answer: boolean;
}

/** @param signal once it is aborted, all waits reject with its reason */
export function createWaits(signals: RunSignals, runId: string, signal: AbortSignal): Waits {
	const sleepers = new Set<Sleeper>();

	async function wait(sleeper: Sleeper, work: () => Promise<void>): Promise<void> {
		sleepers.add(sleeper);
		await work().finally(() => sleepers.delete(sleeper));
	}

	return {
		sleepUntil: (at) => wait({ at, answer: false }, () => sleep(at - Date.now(), signal)),
		handOver: () => wait({ at: 0, answer: false }, () => sleep(null, signal)),
		untilAnswer: (until) =>
			wait({ at: until, answer: true }, () =>
				sleep(until === null ? null : until - Date.now(), signal, (wake) => signals.onSignal(runId, wake)),
			),
		next() {
			const times = [...sleepers].flatMap(({ at }) => (at === null ? [] : [at]));
			const answer = [...sleepers].some((sleeper) => sleeper.answer);
			return { answer, ...(times.length > 0 && { until: Math.min(...times) }) };
		},
	};
}

/**
 * Resolves after so many milliseconds, or when it is woken; rejects with the signal's reason when it is aborted first.
 * @param ms null to wait until it is woken
 * @param listen subscribes `wake` to whatever ends the wait early; returns a function that unsubscribes it
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
