import type { NodeId } from "@/server/plan/plan";

/** Containers that this browser shows closed in a workflow. */
export function readShut(workflowId: string): ReadonlySet<NodeId> {
	return new Set((localStorage.getItem(keyOf(workflowId)) ?? "").split(",").filter(Boolean));
}

export function writeShut(workflowId: string, shut: ReadonlySet<NodeId>): void {
	if (shut.size === 0) localStorage.removeItem(keyOf(workflowId));
	else localStorage.setItem(keyOf(workflowId), [...shut].join(","));
}

function keyOf(workflowId: string): string {
	return `weft-closed-${workflowId}`;
}
