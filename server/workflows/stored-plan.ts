import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

/** The plan that a row holds. Throws `conflict` with what to do when it cannot be read. */
export function requirePlan(stored: unknown, what = "This workflow"): Plan {
	const { plan, problem } = readStoredPlan(stored);
	if (plan) return plan;
	throw new WeftError("conflict", explainUnreadable(what, problem));
}

export function explainUnreadable(what: string, problem: string): string {
	return `${what} cannot be read. ${problem}`;
}
