import { parseInstant } from "@/server/plan/values/instant";

const MAX_DELAY_MS = 366 * 86_400_000;

/**
 * When a delay ends, in milliseconds since the epoch; never before `now`, never more than a year after it.
 * @param config the parsed config: `seconds` to wait, or `until` when
 * @param now milliseconds since the epoch at which the wait began; pass the recorded one when a wait is resumed
 */
export function wakeTime(config: { seconds?: number; until?: string | number }, now: number): number {
	const until = config.until === undefined ? undefined : parseInstant(config.until);
	const end = until ?? now + (config.seconds ?? 0) * 1_000;
	return Math.min(Math.max(end, now), now + MAX_DELAY_MS);
}
