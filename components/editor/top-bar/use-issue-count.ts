"use client";

import { useSessionState } from "../editor-session";

/** How many errors, or warnings, the plan has. */
export function useIssueCount(severity: "error" | "warning"): number {
	return useSessionState(({ issues }) => issues.filter((issue) => issue.severity === severity).length);
}
