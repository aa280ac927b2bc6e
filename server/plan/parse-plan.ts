import type { z } from "zod";
import type { Issue } from "./issue";
import { nodeIdSchema, PLAN_LIMITS, type Plan, planSchema } from "./plan";
import { upgradePlan } from "./upgrade-plan";
import { explainProblem, valueAt } from "./validate/explain-problem";
import { findHostility } from "./validate/find-hostility";
import { asJson, isObject } from "./values/json";

/** A plan whose shape is right, or what keeps it from being one. */
export type ParsedPlan = { plan: Plan; issues?: undefined } | { plan?: undefined; issues: Issue[] };

/** More problems of shape than this help nobody. */
const MAX_ISSUES = 100;

/**
 * Makes a plan of any value that came from outside. Looks at size and depth first, so that a hostile one is refused at
 * once with one issue; brings old versions forward; checks the shape. What the plan says is `validatePlan`'s matter.
 */
export function parsePlan(input: unknown): ParsedPlan {
	const hostility = findHostility(input);
	if (hostility) {
		const { path, code, message } = hostility;
		return { issues: [{ severity: "error", code, message, ...placeIssue(input, path) }] };
	}
	const plan = asJson(input);
	if (!isObject(plan)) return refuse("invalid_shape", "A plan is an object with version, nodes and edges.");
	const upgraded = upgradePlan(plan);
	if (!upgraded.plan)
		return { issues: [{ severity: "error", code: "unknown_version", field: "version", message: upgraded.message }] };
	const parsed = planSchema.safeParse(upgraded.plan);
	if (parsed.success) return { plan: parsed.data };
	return { issues: parsed.error.issues.slice(0, MAX_ISSUES).map((problem) => toIssue(problem, upgraded.plan)) };
}

/** The same for JSON text. */
export function parsePlanJson(text: string): ParsedPlan {
	if (text.length > PLAN_LIMITS.bytes * 2)
		return refuse("too_large", `A plan holds at most ${PLAN_LIMITS.bytes / 1_000_000} MB.`);
	try {
		return parsePlan(JSON.parse(text));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return refuse("invalid_json", `This is not JSON: ${error.message}.`);
	}
}

/** Turns a path in a plan (`nodes`, 3, `config`, `url`) into the node it belongs to and the field inside it. */
export function placeIssue(input: unknown, path: readonly PropertyKey[]): Pick<Issue, "nodeId" | "field"> {
	const id = path[0] === "nodes" ? nodeIdSchema.safeParse(valueAt(input, [...path.slice(0, 2), "id"])).data : undefined;
	const field = (id === undefined ? path : path.slice(2)).map(String).join(".");
	return { ...(id !== undefined && { nodeId: id }), ...(field !== "" && { field }) };
}

function toIssue(problem: z.core.$ZodIssue, input: unknown): Issue {
	const path = problem.code === "unrecognized_keys" ? [...problem.path, problem.keys[0] ?? ""] : problem.path;
	return {
		severity: "error",
		code: problem.code === "unrecognized_keys" ? "unknown_field" : "invalid_shape",
		message: explainProblem(problem, planSchema, input),
		...placeIssue(input, path),
	};
}

function refuse(code: string, message: string): ParsedPlan {
	return { issues: [{ severity: "error", code, message }] };
}
