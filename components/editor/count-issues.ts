import type { Plan } from "@/server/plan/plan";
import { issuesOf } from "./inspector/plan-issues";

/** How many errors, or warnings, a plan has. */
export function countIssues(plan: Plan, credentials: readonly string[] | null, severity: "error" | "warning"): number {
	return issuesOf(plan, credentials ?? undefined).all.filter((issue) => issue.severity === severity).length;
}
