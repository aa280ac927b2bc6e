import type { RetryPolicy } from "../plan/plan";

/** What a node without a policy gets: one attempt. */
export const NO_RETRY: RetryPolicy = { maxAttempts: 1, backoff: "fixed", delaySeconds: 0, jitter: false };

/**
 * The wait after a failed attempt, in milliseconds.
 * Jitter takes up to half of it away ("equal jitter"), so that many steps that failed together do not return together.
 *
 * @param attempt the attempt that failed, from 1
 * @param random a number in [0, 1)
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: number): number {
	const growth = { fixed: 1, linear: attempt, exponential: 2 ** (attempt - 1) }[policy.backoff];
	const seconds = Math.min(policy.delaySeconds * growth, policy.maxDelaySeconds ?? 86_400);
	const factor = policy.jitter ? 1 - random / 2 : 1;
	return Math.round(seconds * 1000 * factor);
}
