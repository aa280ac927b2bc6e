"use client";

import { useBench } from "../workbench";

/** How many errors, or warnings, the plan has. */
export function useIssueCount(severity: "error" | "warning"): number {
	return useBench(({ issues }) => issues.filter((issue) => issue.severity === severity).length);
}
