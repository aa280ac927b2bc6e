import type { RetryPolicy } from "../plan";
import type { StageConfig } from "./stage-schema";

const MOST_ATTEMPTS = 20;
const USUAL = { retries: 3, wait: 5 } as const;

interface Retry {
	retry: RetryPolicy | undefined;
	problems: { key: string; message: string }[];
}

/** Retries as attempts: the first counts here, and did not there. */
export function retryOf({ on_failure, retries, retry_backoff: wait }: StageConfig): Retry {
	const wanted = retries ?? (on_failure === "retry" ? USUAL.retries : 0);
	const problems: Retry["problems"] = [];
	if (wanted === 0) {
		if (wait !== undefined) problems.push({ key: "retry_backoff", message: "There are no retries to wait for." });
		return { retry: undefined, problems };
	}
	if (wanted >= MOST_ATTEMPTS)
		problems.push({ key: "retries", message: `A step is tried ${MOST_ATTEMPTS} times at most, and so is this one.` });
	const backoff = (["fixed", "linear", "exponential"] as const).find((kind) => kind === wait);
	const seconds = typeof wait === "number" ? wait : secondsIn(wait);
	if (wait !== undefined && seconds === undefined && backoff === undefined)
		problems.push({
			key: "retry_backoff",
			message: `“${wait}” is no number of seconds: it first waits ${USUAL.wait}.`,
		});
	const retry = {
		maxAttempts: Math.min(wanted + 1, MOST_ATTEMPTS),
		backoff: backoff ?? "exponential",
		delaySeconds: seconds ?? USUAL.wait,
		jitter: true,
	};
	return { retry, problems };
}

const UNITS: ReadonlyMap<string, number> = new Map([
	["ms", 0.001],
	["s", 1],
	["m", 60],
]);

/** `500ms`, `5s`, `2m` or `5` as seconds. */
function secondsIn(text = ""): number | undefined {
	const [, number, unit = "s"] = /^(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|m)?$/.exec(text) ?? [];
	return number === undefined ? undefined : Math.min(Number(number) * (UNITS.get(unit) ?? 1), 86_400);
}
