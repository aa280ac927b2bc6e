import { type Plan, planSchema } from "./plan";
import { type Upgraded, upgradePlan } from "./upgrade-plan";
import { explainProblem } from "./validate/explain-problem";
import { asJson, isObject, type JsonObject } from "./values/json";

/** A plan as it was stored, in the form of today, or why it cannot be read and what to do. */
export type ReadPlan = { plan: Plan; problem?: undefined } | { plan?: undefined; problem: string };

/**
 * The one reader of stored plans: brings those of earlier versions forward. Never throws, so that a plan which cannot be
 * read takes nothing else along.
 */
export function readStoredPlan(stored: unknown, upgrade: (plan: JsonObject) => Upgraded = upgradePlan): ReadPlan {
	const json = asJson(stored);
	if (!isObject(json)) return { problem: damaged("It is no object.") };
	const upgraded = upgrade(json);
	if (!upgraded.plan) return { problem: upgraded.message };
	const { data, error } = planSchema.safeParse(upgraded.plan);
	if (data) return { plan: data };
	const [first] = error.issues;
	return { problem: damaged(first ? explainProblem(first, planSchema, upgraded.plan) : "") };
}

function damaged(what: string): string {
	return `What is stored of it is damaged: ${what} Restore it from a backup, or import its file again.`;
}
