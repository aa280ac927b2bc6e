import type { Issue } from "@/server/plan/issue";
import type { NodeId } from "@/server/plan/plan";
import type { NodeProblems } from "./canvas-store";

/** Problems by node, for the badges. */
export function countProblems(issues: readonly Issue[]): Record<NodeId, NodeProblems> {
	const counts: Record<NodeId, NodeProblems> = {};
	for (const { nodeId, severity } of issues) {
		if (nodeId === undefined) continue;
		const { errors, warnings } = counts[nodeId] ?? { errors: 0, warnings: 0 };
		counts[nodeId] = severity === "error" ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 };
	}
	return counts;
}
