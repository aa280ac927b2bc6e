import { needsOf } from "@/server/execution/step/needs";
import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";

/** The names of the credentials that a plan refers to, in the order of its steps. */
export function credentialsOf(plan: Plan): string[] {
	return [...new Set(plan.nodes.flatMap((node) => needsOf(node).secrets))];
}

/** Passes by every step that wants one of these credentials, so that the rest runs without them. */
export function withoutCredentials(plan: Plan, missing: readonly string[]): Plan {
	const nodes = plan.nodes.map((node) =>
		needsOf(node).secrets.some((name) => missing.includes(name)) ? { ...node, disabled: true } : node,
	);
	return { ...plan, nodes };
}

/** Whether a step of the plan is answered by the built-in demo model. */
export function hasDemoModel(plan: Plan): boolean {
	return plan.nodes.some(({ type, config }) => definitionOf(type)?.isDemo?.(config) ?? false);
}
