import { FatalError } from "@/server/errors";
import { parseInstant } from "@/server/plan/values/instant";

/** A leap year. */
const MAX_DELAY_MS = 366 * 86_400_000;
/** In milliseconds since the epoch, by ECMA-262. */
const LAST_DATE = 8.64e15;

/**
 * When a delay ends, in milliseconds since the epoch; never before `now`.
 * @param config the parsed config: `seconds` to wait, or `until` when
 * @param now milliseconds since the epoch at which the wait began; pass the recorded one when a wait is resumed
 * @throws FatalError for more than a year
 */
export function wakeTime(config: { seconds?: number; until?: string | number }, now: number): number {
	const until = config.until === undefined ? undefined : parseInstant(config.until);
	const end = until ?? now + (config.seconds ?? 0) * 1_000;
	if (end <= now + MAX_DELAY_MS) return Math.max(end, now);
	const date = end < LAST_DATE ? new Date(end).toISOString() : "a time that no calendar has";
	throw new FatalError(`It would wait until ${date}, and a step waits for a year at most. Name an earlier time.`);
}
