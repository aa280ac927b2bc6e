import { type CodingAttempt, canBeTaken, hasSucceeded } from "../../runs/coding-attempt";
import type { CodingResult } from "../../runs/coding-result";

/** By what the best of the successful attempts is found: less is better. */
export const RULES = {
	"smallest-change": {
		label: "Smallest change",
		measure: ({ added, removed }: CodingResult) => added + removed,
		reason: ({ added, removed }: CodingResult) => `the smallest change, +${added} −${removed}`,
	},
	cheapest: {
		label: "Cheapest",
		// A cost that nobody knows is no reason to take it.
		measure: ({ costUsd }: CodingResult) => costUsd ?? Number.POSITIVE_INFINITY,
		reason: ({ costUsd }: CodingResult) =>
			costUsd === null ? "no other has a known cost" : `the cheapest, $${costUsd}`,
	},
	fastest: {
		label: "Fastest",
		measure: ({ durationMs }: CodingResult) => durationMs,
		reason: ({ durationMs }: CodingResult) => `the fastest, ${Math.round(durationMs / 1_000)} s`,
	},
} as const;
export type RuleName = keyof typeof RULES;
export const RULE_NAMES = ["smallest-change", "cheapest", "fastest"] as const satisfies RuleName[];

export interface Verdict {
	/** The name of an attempt; null for none. */
	name: string | null;
	reason: string;
}

/** Those of them that may be taken without anybody being asked. */
export function successfulOf(attempts: readonly CodingAttempt[]): (CodingAttempt & { result: CodingResult })[] {
	return attempts.flatMap((attempt) => {
		const { result } = attempt;
		return result !== undefined && canBeTaken(attempt) && hasSucceeded(attempt) ? [{ ...attempt, result }] : [];
	});
}

export const NONE_SUCCEEDED = "None of them changed something and passed its tests.";

/** Of two that are as good the one that is named first. */
export function applyRule(rule: RuleName, attempts: readonly CodingAttempt[]): Verdict {
	const { measure, reason } = RULES[rule];
	const [best] = successfulOf(attempts).sort((a, b) => measure(a.result) - measure(b.result) || 0);
	if (best === undefined) return { name: null, reason: NONE_SUCCEEDED };
	return { name: best.name, reason: `Its tests and its own rule hold, and it is ${reason(best.result)}.` };
}
