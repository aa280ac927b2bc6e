import type { NodeId, Plan, PlanNode, Position } from "../plan";

/** Applies a change to some nodes. Nodes that come back as they were keep their identity, and so does the plan. */
export function changeNodes(plan: Plan, ids: Iterable<NodeId>, change: (node: PlanNode) => PlanNode): Plan {
	const wanted = new Set(ids);
	let isChanged = false;
	const nodes = plan.nodes.map((node) => {
		if (!wanted.has(node.id)) return node;
		const changed = change(node);
		isChanged ||= changed !== node;
		return changed;
	});
	return isChanged ? { ...plan, nodes } : plan;
}

/** Whole canvas units: a file stays readable, and `-0` or a number that is none never enters a plan. */
export function roundPosition({ x, y }: Position): Position {
	return { x: roundUnit(x), y: roundUnit(y) };
}

export function samePosition(a: Position, b: Position): boolean {
	return a.x === b.x && a.y === b.y;
}

function roundUnit(value: number): number {
	return Number.isFinite(value) ? Math.round(value) || 0 : 0;
}
