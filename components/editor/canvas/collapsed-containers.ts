import type { NodeId } from "@/server/plan/plan";

/** Containers that this browser shows closed in a workflow. */
export function readCollapsed(workflowId: string): ReadonlySet<NodeId> {
	return new Set((localStorage.getItem(keyOf(workflowId)) ?? "").split(",").filter(Boolean));
}

export function writeCollapsed(workflowId: string, collapsed: ReadonlySet<NodeId>): void {
	if (collapsed.size === 0) localStorage.removeItem(keyOf(workflowId));
	else localStorage.setItem(keyOf(workflowId), [...collapsed].join(","));
}

function keyOf(workflowId: string): string {
	return `weft-closed-${workflowId}`;
}
